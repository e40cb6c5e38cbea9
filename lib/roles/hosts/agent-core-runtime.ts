import type { IRepositoryRef } from 'aws-cdk-lib/aws-ecr';
import type { IBucketRef } from 'aws-cdk-lib/aws-s3';
import type { Stack } from 'aws-cdk-lib/core';
import { type PolicyText, sameText } from '../../policy/document/text';
import { partitionOf } from '../../synth/pseudo-parameters';
import { tokenText } from '../../synth/token-text';
import type { Conditions, DeclaredStatement } from '../declared-statement';
import type { AgreedProperty, HostDefinition, HostTrust, PlatformStatement } from '../host-definition';

/** The S3 object that holds the code of a runtime deployed without a container. */
export interface AgentCodeObject {
  /** The bucket that holds the archive. */
  readonly bucket: IBucketRef;

  /** The exact key of the archive, such as that of an `s3_assets.Asset`. */
  readonly objectKey: string;

  /**
   * The exact version of the archive, where the runtime pins one.
   *
   * @default - the current version
   */
  readonly objectVersion?: string;
}

/** What is to be known about an AgentCore Runtime that runs an agent. */
export interface AgentCoreRuntimeHostProps {
  /**
   * The name of the runtime: a letter, then up to 47 letters, digits and underscores.
   *
   * Give the runtime this name (`runtimeName: agent.hostName`): the role can be assumed by runtimes of this name
   * alone, and writes to the log groups of this runtime alone.
   */
  readonly runtimeName: string;

  /**
   * The repository that the runtime's image is pulled from. For an image built by CDK: `asset.repository`.
   *
   * @default - none; then `codeObject` has to be given
   */
  readonly repository?: IRepositoryRef;

  /**
   * The archive that the runtime's code is read from, when it is deployed without a container.
   *
   * @default - none; then `repository` has to be given
   */
  readonly codeObject?: AgentCodeObject;

  /**
   * The `aws:SourceArn` pattern of the trust policy, to be used instead of the library's.
   *
   * It stands in the contract as given by hand. Use it when the runtime lives in another region.
   *
   * @default - `arn:<partition>:bedrock-agentcore:<region>:<account>:runtime/<runtimeName>-??????????`
   */
  readonly sourceArn?: string;
}

const SERVICE_LINKED =
  'a service-linked role fetches workload tokens for runtimes created since 2025-10-13; tokens for a user id given ' +
  'by the caller are denied by the boundary';

/** An agent that runs on Amazon Bedrock AgentCore Runtime. */
export function agentCoreRuntime(props: AgentCoreRuntimeHostProps): HostDefinition {
  return {
    kind: 'agentCoreRuntime',
    label: 'AgentCore Runtime',
    hostName: props.runtimeName,
    trust: (stack) => trust(props, stack),
    baseline: (stack) => [...observability(props, stack), ...artifact(props, stack)],
    platform: (stack) => platform(props, stack),
    workload: {
      type: 'AWS::BedrockAgentCore::Runtime',
      roleProperty: ['RoleArn'],
      agreed: [
        { path: ['AgentRuntimeName'], value: props.runtimeName, fix: 'runtimeName: agent.hostName' },
        ...(props.codeObject ? codeAgreed(props.codeObject) : []),
      ],
    },
    refusedGrants: {},
    notes: props.sourceArn === undefined ? [] : [`aws:SourceArn of the trust policy given by hand: ${props.sourceArn}`],
  };
}

/** The role may read one archive: the runtime has to run that one. */
function codeAgreed({ bucket, objectKey, objectVersion }: AgentCodeObject): AgreedProperty[] {
  const path = ['AgentRuntimeArtifact', 'CodeConfiguration', 'Code', 'S3'];
  const fix =
    'codeObject of the host and the artifact of the runtime to the same archive (see AgentRuntimeArtifact.fromS3)';
  return [
    { path: [...path, 'Bucket'], value: bucket.bucketRef.bucketName, fix },
    { path: [...path, 'Prefix'], value: objectKey, fix },
    ...(objectVersion === undefined ? [] : [{ path: [...path, 'VersionId'], value: objectVersion, fix }]),
  ];
}

function trust(props: AgentCoreRuntimeHostProps, stack: Stack): HostTrust {
  const sourceArn =
    props.sourceArn ??
    `arn:${partitionOf(stack)}:bedrock-agentcore:${stack.region}:${stack.account}:runtime/${props.runtimeName}-??????????`;
  return {
    service: 'bedrock-agentcore.amazonaws.com',
    actions: ['sts:AssumeRole'],
    conditions: {
      StringEquals: { 'aws:SourceAccount': stack.account },
      ArnLike: { 'aws:SourceArn': sourceArn },
    },
  };
}

function observability(props: AgentCoreRuntimeHostProps, stack: Stack): DeclaredStatement[] {
  const logs = `arn:${partitionOf(stack)}:logs:${stack.region}:${stack.account}:log-group`;
  return [
    {
      name: 'Logs',
      needs: ['runtime.logs'],
      resources: [`${logs}:/aws/bedrock-agentcore/runtimes/${props.runtimeName}-??????????-*`],
      wildcard: 'the runtime makes its log groups itself; the pattern matches those of this runtime alone',
    },
    { name: 'LogGroups', needs: ['runtime.log-groups'], resources: ['*'] },
    { name: 'Traces', needs: ['runtime.traces'], resources: ['*'] },
    {
      name: 'Metrics',
      needs: ['runtime.metrics'],
      resources: ['*'],
      conditions: { StringEquals: { 'cloudwatch:namespace': 'bedrock-agentcore' } },
    },
  ];
}

function artifact(props: AgentCoreRuntimeHostProps, stack: Stack): DeclaredStatement[] {
  if (props.repository) {
    return [
      { name: 'Image', needs: ['image.pull'], resources: [props.repository.repositoryRef.repositoryArn] },
      { name: 'ImageToken', needs: ['image.token'], resources: ['*'] },
    ];
  }
  if (!props.codeObject) {
    return [];
  }
  const { bucket, objectKey, objectVersion } = props.codeObject;
  const pinned: Conditions = { StringEquals: objectVersion === undefined ? {} : { 's3:versionid': objectVersion } };
  return [
    {
      name: 'Code',
      needs: [objectVersion === undefined ? 'code-object.read' : 'code-object.read-version'],
      resources: [`${bucketArn(bucket, stack)}/${objectKey}`],
      conditions: pinned,
    },
  ];
}

function platform(props: AgentCoreRuntimeHostProps, stack: Stack): PlatformStatement[] {
  const statements: PlatformStatement[] = [
    {
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resource: /^arn:[^:]+:logs:[^:]+:[^:]+:log-group:\/aws\/bedrock-agentcore\/runtimes\//,
      instead: 'runtime.logs',
    },
    {
      actions: ['logs:DescribeLogGroups'],
      resource: /^(arn:[^:]+:logs:[^:]+:[^:]+:log-group:)?\*$/,
      instead: 'runtime.log-groups',
    },
    {
      actions: [
        'xray:GetSamplingRules',
        'xray:GetSamplingTargets',
        'xray:PutTelemetryRecords',
        'xray:PutTraceSegments',
      ],
      resource: /^\*$/,
      instead: 'runtime.traces',
    },
    { actions: ['cloudwatch:PutMetricData'], resource: /^\*$/, instead: 'runtime.metrics' },
    {
      actions: [
        'bedrock-agentcore:GetWorkloadAccessToken',
        'bedrock-agentcore:GetWorkloadAccessTokenForJWT',
        'bedrock-agentcore:GetWorkloadAccessTokenForUserId',
      ],
      resource:
        /^arn:[^:]+:bedrock-agentcore:[^:]+:[^:]+:workload-identity-directory\/default(\/workload-identity\/\*)?$/,
      instead: SERVICE_LINKED,
    },
  ];
  if (props.repository) {
    const repository = tokenText(props.repository.repositoryRef.repositoryArn, stack);
    statements.push(
      {
        actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        resource: (resource) => sameText(resource, repository),
        instead: 'image.pull',
      },
      { actions: ['ecr:GetAuthorizationToken'], resource: /^\*$/, instead: 'image.token' },
    );
  }
  if (props.codeObject) {
    const bucket = tokenText(bucketArn(props.codeObject.bucket, stack), stack);
    const objects = tokenText(`${bucketArn(props.codeObject.bucket, stack)}/*`, stack);
    statements.push({
      actions: ['s3:GetBucket*', 's3:GetObject*', 's3:List*'],
      resource: (resource: PolicyText) => sameText(resource, bucket) || sameText(resource, objects),
      instead: 'code-object.read',
    });
  }
  return statements;
}

/** By name, as CDK's own runtime artifact writes it, so that both name the same bucket. */
function bucketArn(bucket: IBucketRef, stack: Stack): string {
  return `arn:${partitionOf(stack)}:s3:::${bucket.bucketRef.bucketName}`;
}
