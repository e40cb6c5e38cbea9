import type { AccessLevel } from './access-level';

/** One action that the library can put on an agent's role, and why it may. */
export interface GrantedAction {
  /** The need that brings the action: what a grant or a host's baseline asks for by name. */
  readonly need: Need;
  readonly action: string;
  readonly level: AccessLevel;
  /** The resource type it is granted on; none when the action takes no resource and needs `*`. */
  readonly resourceType?: string;
  /** Why `*` is right for an action that could take a resource. */
  readonly wildcard?: string;
  /** Where AWS says so. */
  readonly reference: string;
  /** Why the need can't do without it. */
  readonly reason: string;
}

/** A need by name. One grant or baseline statement is one need. */
export type Need = (typeof NEEDS)[number];

/** Every need that the library knows. */
export const NEEDS = [
  'application-profile.read',
  'code-object.read',
  'code-object.read-version',
  'function.invoke',
  'guardrail.apply',
  'image.pull',
  'image.token',
  'key.decrypt',
  'key.encrypt',
  'key.generate-data-key',
  'key.generate-mac',
  'key.sign',
  'key.verify',
  'key.verify-mac',
  'knowledge-base.rerank',
  'knowledge-base.retrieve',
  'knowledge-base.retrieve-and-generate',
  'lambda.logs',
  'lambda.network',
  'lambda.network-list',
  'lambda.traces',
  'model.invoke',
  'model.read',
  'model.stream',
  'profile.read',
  'provisioned-model.read',
  'runtime.log-groups',
  'runtime.logs',
  'runtime.metrics',
  'runtime.traces',
  'storage.decrypt',
  'storage.delete',
  'storage.delete-version',
  'storage.encrypt',
  'storage.list',
  'storage.list-versions',
  'storage.read',
  'storage.read-version',
  'storage.write',
] as const;

const SAR = 'https://docs.aws.amazon.com/service-authorization/latest/reference';
const BEDROCK = `${SAR}/list_amazonbedrock.html`;
const S3 = `${SAR}/list_amazons3.html`;
const KMS = `${SAR}/list_awskeymanagementservice.html`;
const RUNTIME = 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html';
const LAMBDA_VPC = 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html';
const LAMBDA_VPC_WILDCARD = 'AWS asks for these actions on all resources; only the Lambda service can use them here';
const LAMBDA_ROLE = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html';

/** Every action that a grant or a host's baseline can give. The only list of actions in the library. */
export const GRANTED_ACTIONS: readonly GrantedAction[] = [
  {
    need: 'model.invoke',
    action: 'bedrock:InvokeModel',
    level: 'Read',
    resourceType: 'foundation-model',
    reference: BEDROCK,
    reason: 'InvokeModel and Converse are both authorized as this action',
  },
  {
    need: 'model.stream',
    action: 'bedrock:InvokeModelWithResponseStream',
    level: 'Read',
    resourceType: 'foundation-model',
    reference: BEDROCK,
    reason: 'InvokeModelWithResponseStream and ConverseStream are both authorized as this action',
  },
  {
    need: 'model.read',
    action: 'bedrock:GetFoundationModel',
    level: 'Read',
    resourceType: 'foundation-model',
    reference: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html',
    reason: 'a Bedrock agent reads the model behind an inference profile before it calls it',
  },
  {
    need: 'profile.read',
    action: 'bedrock:GetInferenceProfile',
    level: 'Read',
    resourceType: 'inference-profile',
    reference: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html',
    reason: 'a call through an inference profile looks the profile up',
  },
  {
    need: 'application-profile.read',
    action: 'bedrock:GetInferenceProfile',
    level: 'Read',
    resourceType: 'application-inference-profile',
    reference: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html',
    reason: 'a call through an inference profile looks the profile up',
  },
  {
    need: 'provisioned-model.read',
    action: 'bedrock:GetProvisionedModelThroughput',
    level: 'Read',
    resourceType: 'provisioned-model',
    reference: 'https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permissions.html',
    reason: 'a call to provisioned throughput looks its state up',
  },
  {
    need: 'guardrail.apply',
    action: 'bedrock:ApplyGuardrail',
    level: 'Read',
    resourceType: 'guardrail',
    reference: 'https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions.html',
    reason: 'naming a guardrail in a model call needs it, as does the ApplyGuardrail API',
  },
  {
    need: 'knowledge-base.retrieve',
    action: 'bedrock:Retrieve',
    level: 'Read',
    resourceType: 'knowledge-base',
    reference: BEDROCK,
    reason: 'reads passages from one knowledge base',
  },
  {
    need: 'knowledge-base.retrieve-and-generate',
    action: 'bedrock:RetrieveAndGenerate',
    level: 'Write',
    reference: BEDROCK,
    reason: 'asks the service to retrieve and answer in one call; the action takes no resource',
  },
  {
    need: 'knowledge-base.rerank',
    action: 'bedrock:Rerank',
    level: 'Write',
    reference: 'https://docs.aws.amazon.com/bedrock/latest/userguide/rerank-prereq.html',
    reason: 'reorders passages with a reranker model; the action takes no resource',
  },
  {
    need: 'function.invoke',
    action: 'lambda:InvokeFunction',
    level: 'Write',
    resourceType: 'function',
    reference: `${SAR}/list_awslambda.html`,
    reason: 'calls one function as a tool',
  },
  {
    need: 'storage.read',
    action: 's3:GetObject',
    level: 'Read',
    resourceType: 'object',
    reference: S3,
    reason: 'reads objects below the prefix',
  },
  {
    need: 'storage.read-version',
    action: 's3:GetObjectVersion',
    level: 'Read',
    resourceType: 'object',
    reference: S3,
    reason: 'reads a named old version, which GetObject does not',
  },
  {
    need: 'storage.list',
    action: 's3:ListBucket',
    level: 'List',
    resourceType: 'bucket',
    reference: S3,
    reason: 'lists the keys below the prefix, and lets a missing key answer 404',
  },
  {
    need: 'storage.list-versions',
    action: 's3:ListBucketVersions',
    level: 'List',
    resourceType: 'bucket',
    reference: S3,
    reason: 'lists the versions of keys below the prefix',
  },
  {
    need: 'storage.write',
    action: 's3:AbortMultipartUpload',
    level: 'Write',
    resourceType: 'object',
    reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html',
    reason: 'a large upload that fails is ended, so that its parts are not kept',
  },
  {
    need: 'storage.write',
    action: 's3:ListMultipartUploadParts',
    level: 'List',
    resourceType: 'object',
    reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html',
    reason: 'a large upload is resumed from the parts that arrived',
  },
  {
    need: 'storage.write',
    action: 's3:PutObject',
    level: 'Write',
    resourceType: 'object',
    reference: S3,
    reason: 'writes objects below the prefix; multipart uploads included',
  },
  {
    need: 'storage.delete',
    action: 's3:DeleteObject',
    level: 'Write',
    resourceType: 'object',
    reference: S3,
    reason: 'deletes objects below the prefix',
  },
  {
    need: 'storage.delete-version',
    action: 's3:DeleteObjectVersion',
    level: 'Write',
    resourceType: 'object',
    reference: S3,
    reason: 'deletes a named version for good',
  },
  {
    need: 'storage.decrypt',
    action: 'kms:Decrypt',
    level: 'Write',
    resourceType: 'key',
    reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
    reason: 'S3 opens the data key of an encrypted object for the reader',
  },
  {
    need: 'storage.encrypt',
    action: 'kms:GenerateDataKey',
    level: 'Write',
    resourceType: 'key',
    reference: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
    reason: 'S3 makes the data key of an encrypted object for the writer',
  },
  {
    need: 'key.decrypt',
    action: 'kms:Decrypt',
    level: 'Write',
    resourceType: 'key',
    reference: KMS,
    reason: 'opens what was encrypted with the key',
  },
  {
    need: 'key.encrypt',
    action: 'kms:Encrypt',
    level: 'Write',
    resourceType: 'key',
    reference: KMS,
    reason: 'encrypts up to 4 KB with the key itself',
  },
  {
    need: 'key.generate-data-key',
    action: 'kms:GenerateDataKey',
    level: 'Write',
    resourceType: 'key',
    reference: KMS,
    reason: 'makes a data key for encrypting more than 4 KB',
  },
  {
    need: 'key.generate-mac',
    action: 'kms:GenerateMac',
    level: 'Write',
    resourceType: 'key',
    reference: KMS,
    reason: 'makes a message authentication code with an HMAC key',
  },
  {
    need: 'key.sign',
    action: 'kms:Sign',
    level: 'Write',
    resourceType: 'key',
    reference: KMS,
    reason: 'signs with an asymmetric key',
  },
  {
    need: 'key.verify',
    action: 'kms:Verify',
    level: 'Write',
    resourceType: 'key',
    reference: KMS,
    reason: 'checks a signature with an asymmetric key',
  },
  {
    need: 'key.verify-mac',
    action: 'kms:VerifyMac',
    level: 'Write',
    resourceType: 'key',
    reference: KMS,
    reason: 'checks a message authentication code with an HMAC key',
  },
  {
    need: 'image.pull',
    action: 'ecr:BatchGetImage',
    level: 'Read',
    resourceType: 'repository',
    reference: RUNTIME,
    reason: 'AgentCore reads the image manifest of the runtime',
  },
  {
    need: 'image.pull',
    action: 'ecr:GetDownloadUrlForLayer',
    level: 'Read',
    resourceType: 'repository',
    reference: RUNTIME,
    reason: 'AgentCore downloads the image layers of the runtime',
  },
  {
    need: 'image.token',
    action: 'ecr:GetAuthorizationToken',
    level: 'Read',
    reference: RUNTIME,
    reason: 'a pull starts with a registry token; the action takes no resource',
  },
  {
    need: 'code-object.read',
    action: 's3:GetObject',
    level: 'Read',
    resourceType: 'object',
    reference: RUNTIME,
    reason: 'AgentCore reads the one code archive of the runtime',
  },
  {
    need: 'code-object.read-version',
    action: 's3:GetObjectVersion',
    level: 'Read',
    resourceType: 'object',
    reference: RUNTIME,
    reason: 'AgentCore reads the pinned version of the code archive',
  },
  {
    need: 'runtime.logs',
    action: 'logs:CreateLogGroup',
    level: 'Write',
    resourceType: 'log-group',
    reference: RUNTIME,
    reason: 'the runtime makes the log group of each of its endpoints',
  },
  {
    need: 'runtime.logs',
    action: 'logs:CreateLogStream',
    level: 'Write',
    resourceType: 'log-stream',
    reference: RUNTIME,
    reason: 'the runtime writes its own logs',
  },
  {
    need: 'runtime.logs',
    action: 'logs:DescribeLogStreams',
    level: 'List',
    resourceType: 'log-group',
    reference: RUNTIME,
    reason: 'the runtime looks for its own log streams',
  },
  {
    need: 'runtime.logs',
    action: 'logs:PutLogEvents',
    level: 'Write',
    resourceType: 'log-stream',
    reference: RUNTIME,
    reason: 'the runtime writes its own logs',
  },
  {
    need: 'runtime.log-groups',
    action: 'logs:DescribeLogGroups',
    level: 'List',
    reference: RUNTIME,
    reason: 'the runtime looks for its own log groups; the action takes no resource',
  },
  {
    need: 'runtime.traces',
    action: 'xray:GetSamplingRules',
    level: 'Read',
    reference: RUNTIME,
    reason: 'tracing asks which requests to sample; the action takes no resource',
  },
  {
    need: 'runtime.traces',
    action: 'xray:GetSamplingTargets',
    level: 'Read',
    reference: RUNTIME,
    reason: 'tracing asks which requests to sample; the action takes no resource',
  },
  {
    need: 'runtime.traces',
    action: 'xray:PutTelemetryRecords',
    level: 'Write',
    reference: RUNTIME,
    reason: 'tracing reports its own health; the action takes no resource',
  },
  {
    need: 'runtime.traces',
    action: 'xray:PutTraceSegments',
    level: 'Write',
    reference: RUNTIME,
    reason: 'the runtime writes traces; the action takes no resource',
  },
  {
    need: 'runtime.metrics',
    action: 'cloudwatch:PutMetricData',
    level: 'Write',
    wildcard: 'metrics are not resources in IAM; the namespace condition is what scopes the action',
    reference: RUNTIME,
    reason: 'the runtime writes metrics in the namespace bedrock-agentcore',
  },
  {
    need: 'lambda.logs',
    action: 'logs:CreateLogStream',
    level: 'Write',
    resourceType: 'log-stream',
    reference: LAMBDA_ROLE,
    reason: 'the function writes its own logs',
  },
  {
    need: 'lambda.logs',
    action: 'logs:PutLogEvents',
    level: 'Write',
    resourceType: 'log-stream',
    reference: LAMBDA_ROLE,
    reason: 'the function writes its own logs',
  },
  {
    need: 'lambda.network',
    action: 'ec2:AssignPrivateIpAddresses',
    level: 'Write',
    wildcard: LAMBDA_VPC_WILDCARD,
    reference: LAMBDA_VPC,
    reason: 'Lambda manages the network interfaces of a function in a VPC with the role of the function',
  },
  {
    need: 'lambda.network',
    action: 'ec2:CreateNetworkInterface',
    level: 'Write',
    wildcard: LAMBDA_VPC_WILDCARD,
    reference: LAMBDA_VPC,
    reason: 'Lambda manages the network interfaces of a function in a VPC with the role of the function',
  },
  {
    need: 'lambda.network',
    action: 'ec2:DeleteNetworkInterface',
    level: 'Write',
    wildcard: LAMBDA_VPC_WILDCARD,
    reference: LAMBDA_VPC,
    reason: 'Lambda manages the network interfaces of a function in a VPC with the role of the function',
  },
  {
    need: 'lambda.network',
    action: 'ec2:UnassignPrivateIpAddresses',
    level: 'Write',
    wildcard: LAMBDA_VPC_WILDCARD,
    reference: LAMBDA_VPC,
    reason: 'Lambda manages the network interfaces of a function in a VPC with the role of the function',
  },
  {
    need: 'lambda.network-list',
    action: 'ec2:DescribeNetworkInterfaces',
    level: 'List',
    reference: LAMBDA_VPC,
    reason: 'Lambda waits for its network interfaces; the action takes no resource',
  },
  {
    need: 'lambda.network-list',
    action: 'ec2:DescribeSubnets',
    level: 'List',
    reference: LAMBDA_VPC,
    reason: 'Lambda reads the subnets of the function; the action takes no resource',
  },
  {
    need: 'lambda.traces',
    action: 'xray:PutTelemetryRecords',
    level: 'Write',
    reference: LAMBDA_ROLE,
    reason: 'tracing reports its own health; the action takes no resource',
  },
  {
    need: 'lambda.traces',
    action: 'xray:PutTraceSegments',
    level: 'Write',
    reference: LAMBDA_ROLE,
    reason: 'the function writes traces; the action takes no resource',
  },
];

const rowsByNeed = new Map<Need, GrantedAction[]>();
for (const row of GRANTED_ACTIONS) {
  rowsByNeed.set(row.need, [...(rowsByNeed.get(row.need) ?? []), row]);
}

/** The rows of a need, in the order of their actions. */
export function actionsOf(need: Need): readonly GrantedAction[] {
  return rowsByNeed.get(need) ?? [];
}
