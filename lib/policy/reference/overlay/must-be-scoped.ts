import type { OverlayRow } from './overlay-row';

/**
 * Actions that the reference lists with optional resource types only, and that must be scoped all the same: on `*` they
 * reach everything of their kind in the account, or beyond it.
 *
 * Unlisted actions with optional types count as ones to be scoped too. This set says that a reviewer looked, and why.
 */
export const MUST_BE_SCOPED: readonly OverlayRow[] = [
  {
    reason: 'the types are optional only because an object is reached through its bucket or an access point',
    actions: [
      's3:AbortMultipartUpload',
      's3:BypassGovernanceRetention',
      's3:DeleteObject',
      's3:DeleteObjectTagging',
      's3:DeleteObjectVersion',
      's3:DeleteObjectVersionTagging',
      's3:GetObject',
      's3:GetObjectAcl',
      's3:GetObjectAttributes',
      's3:GetObjectLegalHold',
      's3:GetObjectRetention',
      's3:GetObjectTagging',
      's3:GetObjectVersion',
      's3:GetObjectVersionAcl',
      's3:GetObjectVersionAttributes',
      's3:GetObjectVersionTagging',
      's3:ListMultipartUploadParts',
      's3:PutObject',
      's3:PutObjectAcl',
      's3:PutObjectLegalHold',
      's3:PutObjectRetention',
      's3:PutObjectTagging',
      's3:PutObjectVersionAcl',
      's3:PutObjectVersionTagging',
      's3:RestoreObject',
      's3:UpdateObjectEncryption',
    ],
  },
  {
    reason: 'the types are optional only because a bucket is reached directly or through an access point',
    actions: [
      's3:GetBucketAcl',
      's3:GetBucketCORS',
      's3:GetBucketLocation',
      's3:GetBucketNotification',
      's3:GetBucketPolicy',
      's3:ListBucket',
      's3:ListBucketVersions',
    ],
  },
  {
    reason: 'a request names one domain, API or bus and acts on what is behind it',
    actions: [
      'cloudsearch:document',
      'cloudsearch:search',
      'es:ESHttpDelete',
      'es:ESHttpGet',
      'es:ESHttpHead',
      'es:ESHttpPatch',
      'es:ESHttpPost',
      'es:ESHttpPut',
      'events:PutEvents',
      'execute-api:Invoke',
      'lex:PostContent',
      'lex:PostText',
      'qldb:PartiQLSelect',
      'redshift-data:BatchExecuteStatement',
      'redshift-data:ExecuteStatement',
    ],
  },
  {
    reason: 'opens a shell, or a tunnel, on one machine or task',
    actions: ['ssm:StartSession'],
  },
  {
    reason: 'gives the identity or the tags of a session that the resource decides about',
    actions: ['sts:GetFederationToken', 'sts:SetContext', 'sts:SetSourceIdentity', 'sts:TagSession'],
  },
  {
    reason: 'gives credentials for one database',
    actions: ['redshift:GetClusterCredentialsWithIAM'],
  },
  {
    reason: 'edits who may use one resource',
    actions: [
      'agent-registry:PutResourcePolicy',
      'bedrock-agentcore:DeleteResourcePolicy',
      'bedrock-agentcore:PutResourcePolicy',
      'bedrock:DeleteResourcePolicy',
      'bedrock:PutResourcePolicy',
      'codebuild:PutResourcePolicy',
      'iot:AttachPolicy',
      'lex:CreateResourcePolicy',
      'ssm:PutResourcePolicy',
      'vpc-lattice:PutAuthPolicy',
      'vpc-lattice:PutResourcePolicy',
    ],
  },
  {
    reason: 'changes or removes one rule or one event bus',
    actions: ['events:DeleteRule', 'events:DisableRule', 'events:PutRule', 'events:PutTargets', 'events:RemoveTargets'],
  },
  {
    reason: 'the methods of an API are its resources',
    actions: ['apigateway:DELETE', 'apigateway:GET', 'apigateway:PATCH', 'apigateway:POST', 'apigateway:PUT'],
  },
  {
    reason: 'changes keyspaces and tables by name',
    actions: ['cassandra:Alter', 'cassandra:Create', 'cassandra:Drop'],
  },
];
