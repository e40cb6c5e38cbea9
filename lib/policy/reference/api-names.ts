/** Names of API calls that are no actions, in lower case, and the action that each needs. */
export const API_CALLS: Readonly<Record<string, string>> = {
  'bedrock:converse': 'bedrock:InvokeModel',
  'bedrock:conversestream': 'bedrock:InvokeModelWithResponseStream',
  'dynamodb:batchexecutestatement': 'dynamodb:PartiQLSelect',
  'dynamodb:executestatement': 'dynamodb:PartiQLSelect',
  'dynamodb:transactgetitems': 'dynamodb:GetItem',
  'dynamodb:transactwriteitems': 'dynamodb:PutItem',
  'lambda:invoke': 'lambda:InvokeFunction',
  's3:copyobject': 's3:PutObject',
  's3:deleteobjects': 's3:DeleteObject',
  's3:headbucket': 's3:ListBucket',
  's3:headobject': 's3:GetObject',
  's3:listobjects': 's3:ListBucket',
  's3:listobjectsv2': 's3:ListBucket',
  's3:listobjectversions': 's3:ListBucketVersions',
  'secretsmanager:getsecret': 'secretsmanager:GetSecretValue',
};

/** What people, SDKs and endpoints call services, and the prefix of IAM. */
export const SERVICE_NAMES: Readonly<Record<string, string>> = {
  agentcore: 'bedrock-agentcore',
  'cloudwatch-logs': 'logs',
  cloudwatchlogs: 'logs',
  efs: 'elasticfilesystem',
  elb: 'elasticloadbalancing',
  emr: 'elasticmapreduce',
  eventbridge: 'events',
  opensearch: 'es',
  opensearchserverless: 'aoss',
  parameterstore: 'ssm',
  sfn: 'states',
  stepfunctions: 'states',
};
