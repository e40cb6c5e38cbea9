import type { OverlayRow } from './overlay-row';

/** Actions that carry data out: to people, to the internet, to other accounts. */
export const OUTWARD_FLOW: readonly OverlayRow[] = [
  {
    reason: 'asks the internet: what is asked leaves the account',
    actions: [
      'bedrock-agentcore:InvokeWebSearch',
      'bedrock-websearch:ExternalWebAccess',
      'bedrock-websearch:InvokeFetch',
      'bedrock-websearch:InvokeSearch',
    ],
  },
  {
    reason: 'a browser session can send anything to any site',
    actions: ['bedrock-agentcore:ConnectBrowserAutomationStream', 'bedrock-agentcore:StartBrowserSession'],
  },
  {
    reason: 'calls an address outside AWS that the request or its target names',
    actions: ['events:InvokeApiDestination', 'states:InvokeHTTPEndpoint'],
  },
  {
    reason: 'sends mail',
    actions: [
      'ses:SendBounce',
      'ses:SendBulkEmail',
      'ses:SendBulkTemplatedEmail',
      'ses:SendCustomVerificationEmail',
      'ses:SendEmail',
      'ses:SendRawEmail',
      'ses:SendTemplatedEmail',
    ],
  },
  {
    reason: 'sends messages to telephones',
    actions: [
      'mobiletargeting:SendMessages',
      'mobiletargeting:SendOTPMessage',
      'mobiletargeting:SendUsersMessages',
      'sms-voice:SendMediaMessage',
      'sms-voice:SendRcsMessage',
      'sms-voice:SendTextMessage',
      'sms-voice:SendVoiceMessage',
      'social-messaging:SendWhatsAppMessage',
    ],
  },
  {
    reason: 'publishes to whoever subscribed, which may be telephones, mailboxes and web addresses',
    actions: ['sns:Publish'],
  },
  {
    reason: 'makes a delivery to an address that the request names',
    actions: ['events:CreateApiDestination', 'events:PutTargets', 'logs:PutSubscriptionFilter', 'sns:Subscribe'],
  },
  {
    reason: 'writes to a name that may belong to another account; s3:ResourceAccount keeps it in',
    actions: ['s3:PutObject', 's3:PutReplicationConfiguration', 's3:ReplicateObject'],
  },
  {
    reason: 'puts records where another account may read them',
    actions: [
      'events:PutEvents',
      'firehose:CreateDeliveryStream',
      'firehose:UpdateDestination',
      'kinesis:PutRecord',
      'kinesis:PutRecords',
      'sqs:SendMessage',
    ],
  },
  {
    reason: 'copies data to a place that the request names',
    actions: [
      'appflow:CreateFlow',
      'appflow:StartFlow',
      'bedrock:CreateModelCopyJob',
      'datasync:CreateTask',
      'datasync:StartTaskExecution',
      'dynamodb:ExportTableToPointInTime',
      'ec2:CreateInstanceExportTask',
      'ec2:ExportImage',
      'logs:CreateExportTask',
      'rds:StartExportTask',
      'transfer:StartFileTransfer',
    ],
  },
  {
    reason: 'shares a copy of data with other accounts',
    actions: [
      'ec2:ModifyImageAttribute',
      'ec2:ModifySnapshotAttribute',
      'ram:AssociateResourceShare',
      'ram:CreateResourceShare',
      'rds:ModifyDBClusterSnapshotAttribute',
      'rds:ModifyDBSnapshotAttribute',
      'redshift:AuthorizeSnapshotAccess',
      'ssm:ModifyDocumentPermission',
    ],
  },
  {
    reason: 'calls an API that may belong to another account',
    actions: ['execute-api:Invoke'],
  },
];
