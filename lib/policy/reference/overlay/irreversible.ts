import type { OverlayRow } from './overlay-row';

/**
 * Actions that cannot be undone, reviewed. Actions that are named as deletions count as irreversible too
 * (`deletion-by-name.ts`); those in this set either have other names or matter most.
 */
export const IRREVERSIBLE: readonly OverlayRow[] = [
  {
    reason: 'removes objects or versions; in a bucket without versioning nothing brings them back',
    actions: [
      's3:BypassGovernanceRetention',
      's3:DeleteBucket',
      's3:DeleteObject',
      's3:DeleteObjectVersion',
      's3:PutLifecycleConfiguration',
      's3:ReplicateDelete',
    ],
  },
  {
    reason: 'overwrites an object; in a bucket without versioning the old content is gone',
    actions: ['s3:PutObject', 's3:UpdateObjectEncryption'],
  },
  {
    reason: 'makes everything that a key encrypted unreadable',
    actions: ['kms:DeleteImportedKeyMaterial', 'kms:DisableKey', 'kms:ScheduleKeyDeletion'],
  },
  {
    reason: 'removes or overwrites records',
    actions: [
      'cassandra:Drop',
      'cassandra:Modify',
      'dynamodb:BatchWriteItem',
      'dynamodb:DeleteItem',
      'dynamodb:DeleteTable',
      'dynamodb:PartiQLDelete',
      'dynamodb:PartiQLUpdate',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'es:ESHttpDelete',
      'qldb:PartiQLDelete',
      'rds-data:BatchExecuteStatement',
      'rds-data:ExecuteStatement',
      'redshift-data:BatchExecuteStatement',
      'redshift-data:ExecuteStatement',
    ],
  },
  {
    reason: 'removes a database, a file system or its backups',
    actions: [
      'backup:DeleteBackupVault',
      'backup:DeleteRecoveryPoint',
      'ec2:DeleteSnapshot',
      'ec2:DeleteVolume',
      'elasticfilesystem:DeleteFileSystem',
      'fsx:DeleteFileSystem',
      'rds:DeleteDBCluster',
      'rds:DeleteDBClusterSnapshot',
      'rds:DeleteDBInstance',
      'rds:DeleteDBSnapshot',
      'redshift:DeleteCluster',
    ],
  },
  {
    reason: 'ends machines; what was on their own disks is gone',
    actions: ['ec2:TerminateInstances', 'elasticmapreduce:TerminateJobFlows'],
  },
  {
    reason: 'removes messages that nobody has read',
    actions: ['sqs:DeleteQueue', 'sqs:PurgeQueue'],
  },
  {
    reason: 'removes everything that a stack holds',
    actions: ['cloudformation:DeleteStack', 'cloudformation:DeleteStackInstances', 'cloudformation:DeleteStackSet'],
  },
  {
    reason: 'stops the record of what was done, or removes it',
    actions: [
      'bedrock:DeleteModelInvocationLoggingConfiguration',
      'bedrock:PutModelInvocationLoggingConfiguration',
      'cloudtrail:DeleteTrail',
      'cloudtrail:PutEventSelectors',
      'cloudtrail:StopLogging',
      'cloudtrail:UpdateTrail',
      'config:DeleteConfigurationRecorder',
      'config:StopConfigurationRecorder',
      'guardduty:DeleteDetector',
      'logs:DeleteLogGroup',
      'logs:DeleteLogStream',
      'logs:PutRetentionPolicy',
      'securityhub:DisableSecurityHub',
    ],
  },
  {
    reason: 'removes what agents and models remember or know',
    actions: [
      'bedrock-agentcore:BatchDeleteMemoryRecords',
      'bedrock-agentcore:DeleteMemory',
      'bedrock-agentcore:DeleteMemoryRecord',
      'bedrock:DeleteAgentMemory',
      'bedrock:DeleteKnowledgeBase',
      'bedrock:DeleteKnowledgeBaseDocuments',
    ],
  },
  {
    reason: 'spends money or binds the account to a contract',
    actions: [
      'aws-marketplace:AcceptAgreementRequest',
      'aws-marketplace:Subscribe',
      'bedrock-agentcore:ProcessPayment',
      'bedrock-mantle:CreateReservation',
      'bedrock:CreateFoundationModelAgreement',
      'bedrock:CreateProvisionedModelThroughput',
      'dynamodb:PurchaseReservedCapacityOfferings',
      'ec2:PurchaseReservedInstancesOffering',
      'route53domains:RegisterDomain',
      'route53domains:RenewDomain',
      'route53domains:TransferDomain',
      'savingsplans:CreateSavingsPlan',
    ],
  },
  {
    reason: 'closes an account or takes it out of the organization',
    actions: ['account:CloseAccount', 'organizations:CloseAccount', 'organizations:LeaveOrganization'],
  },
  {
    reason: 'tells people or machines something that cannot be taken back',
    actions: ['ses:SendEmail', 'ses:SendRawEmail', 'sms-voice:SendTextMessage', 'sns:Publish'],
  },
  {
    reason: 'brings a change into production',
    actions: [
      'cloudformation:ExecuteChangeSet',
      'codedeploy:CreateDeployment',
      'codepipeline:StartPipelineExecution',
      'ecs:UpdateService',
    ],
  },
  {
    reason: 'removes data on another system or a device',
    actions: ['transfer:StartRemoteDelete', 'workmail:WipeMobileDevice'],
  },
  {
    reason: 'starts the removal of many records at once',
    actions: ['healthlake:StartFHIRBulkDeleteJob', 'personalize:CreateDataDeletionJob'],
  },
];
