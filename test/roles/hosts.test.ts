import * as path from 'node:path';
import * as bedrockagentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as assets from 'aws-cdk-lib/aws-ecr-assets';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Stack } from 'aws-cdk-lib/core';
import { AgentFunctionGrant, AgentHost, AgentKeyGrant } from 'cdk-least-agency';
import { ENV, newAgent, newApp, newStack, resourcesOf, synthError } from './agent-fixture';
import { contractOf } from './assembly';
import { HOST_NAMES, HOSTED } from './hosts-fixture';

type Properties = Record<string, unknown>;

const SOURCE = (sourceArn: string): object => ({
  StringEquals: { 'aws:SourceAccount': ENV.account },
  ArnLike: { 'aws:SourceArn': sourceArn },
});
const TRUST: Readonly<Record<string, object>> = {
  'AgentCore Runtime': {
    Principal: { Service: 'bedrock-agentcore.amazonaws.com' },
    Action: 'sts:AssumeRole',
    Condition: SOURCE('arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/orders-??????????'),
  },
  'AgentCore Gateway': {
    Principal: { Service: 'bedrock-agentcore.amazonaws.com' },
    Action: 'sts:AssumeRole',
    Condition: SOURCE('arn:aws:bedrock-agentcore:us-east-1:111122223333:gateway/orders-tools-??????????'),
  },
  'Bedrock agent': {
    Principal: { Service: 'bedrock.amazonaws.com' },
    Action: 'sts:AssumeRole',
    Condition: SOURCE('arn:aws:bedrock:us-east-1:111122223333:agent/*'),
  },
  // Lambda is not known to send a source when it assumes an execution role.
  'Lambda function': { Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  'ECS task': {
    Principal: { Service: 'ecs-tasks.amazonaws.com' },
    Action: 'sts:AssumeRole',
    Condition: SOURCE('arn:aws:ecs:us-east-1:111122223333:*'),
  },
  'EKS Pod Identity': {
    Principal: { Service: 'pods.eks.amazonaws.com' },
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Condition: {
      StringEquals: {
        'aws:SourceAccount': ENV.account,
        'aws:RequestTag/eks-cluster-arn': {
          'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':eks:us-east-1:111122223333:cluster/agents']],
        },
        'aws:RequestTag/kubernetes-namespace': 'orders',
        'aws:RequestTag/kubernetes-service-account': 'orders-agent',
      },
    },
  },
};

/** The role of the only agent in a stack: the one with the tag. */
function roleOf(stack: Stack): Properties {
  const roles = Object.values(resourcesOf(stack, 'AWS::IAM::Role'));
  const role = roles.find(({ Tags: tags }) => JSON.stringify(tags).includes('"AgentName"'));
  return role ?? {};
}

describe.each(HOST_NAMES)('an agent on %s', (name) => {
  let stack: Stack;
  let role: Properties;

  beforeAll(() => {
    stack = newStack();
    const hosted = HOSTED[name];
    const agent = hosted?.agent(stack);
    if (hosted && agent) {
      hosted.host(stack, agent);
    }
    role = roleOf(stack);
  });

  test('trusts its host alone, by what that host is known to send', () => {
    expect(role.AssumeRolePolicyDocument).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', ...TRUST[name] }],
    });
  });

  test('has sessions of one hour, a boundary, tags, and no policies but its own', () => {
    expect(role).toEqual({
      AssumeRolePolicyDocument: expect.anything(),
      Description: 'Role of the AI agent orders-agent, given by its grants alone',
      MaxSessionDuration: 3600,
      PermissionsBoundary: { Ref: expect.stringMatching(/^LeastAgencyBoundary/) },
      Tags: [
        { Key: 'AgentName', Value: 'orders-agent' },
        { Key: 'Owner', Value: 'orders@example.com' },
        { Key: 'PrincipalType', Value: 'Agent' },
      ],
    });
  });

  test('has the statements of its platform and nothing else', () => {
    const policies = Object.values(resourcesOf(stack, 'AWS::IAM::Policy')).filter(
      ({ PolicyName: policyName }) => policyName === 'AgentAccess',
    );
    const statements = policies.flatMap(
      ({ PolicyDocument: document }) => (document as { Statement: unknown[] }).Statement,
    );
    expect(statements).toMatchSnapshot();
  });

  test('is waited for by its host, with all policies', () => {
    const template = (stack.node.root as ReturnType<typeof newApp>).synth().getStackByName(stack.stackName).template;
    const [host] = Object.entries(template.Resources as Record<string, { Type: string; DependsOn?: string[] }>).filter(
      ([id, { Type: type }]) =>
        id.startsWith('Host') && /Runtime$|Gateway$|Agent$|Function$|TaskDefinition$|Association$/.test(type),
    );
    const own = Object.keys(template.Resources).filter((id) => /^AgentPolicy/.test(id));
    expect(host?.[1].DependsOn ?? []).toEqual(expect.arrayContaining(own));
  });
});

describe('a host declared with a source of its own', () => {
  test.each<[string, (sourceArn: string) => AgentHost]>([
    [
      'agentCoreRuntime',
      (sourceArn) =>
        AgentHost.agentCoreRuntime({
          runtimeName: 'orders',
          repository: ecr.Repository.fromRepositoryName(newStack(), 'R', 'orders'),
          sourceArn,
        }),
    ],
    ['agentCoreGateway', (sourceArn) => AgentHost.agentCoreGateway({ gatewayName: 'orders', sourceArn })],
    ['bedrockAgent', (sourceArn) => AgentHost.bedrockAgent({ sourceArn })],
    ['ecsTask', (sourceArn) => AgentHost.ecsTask({ sourceArn })],
  ])('%s trusts it, and the contract shows it', (_, host) => {
    const sourceArn = 'arn:aws:bedrock:us-east-1:111122223333:agent/AGENT12345';
    const app = newApp();
    const stack = newStack(app);
    newAgent(stack, 'Agent', { host: host(sourceArn) });
    const contract = contractOf(app.synth(), 'Orders/Agent');
    expect(contract.trust).toContain(`aws:SourceArn = ${sourceArn}`);
    expect(contract.notes).toContainEqual(`aws:SourceArn of the trust policy given by hand: ${sourceArn}`);
  });
});

describe('an AgentCore runtime', () => {
  const here = path.join(__dirname);
  function runtime(
    make: (stack: Stack) => {
      host: Parameters<typeof AgentHost.agentCoreRuntime>[0];
      artifact: bedrockagentcore.AgentRuntimeArtifact;
    },
  ): string {
    const app = newApp();
    const stack = newStack(app);
    const { host, artifact } = make(stack);
    const agent = newAgent(stack, 'Agent', { host: AgentHost.agentCoreRuntime(host) });
    new bedrockagentcore.Runtime(stack, 'Host', {
      runtimeName: agent.hostName,
      executionRole: agent,
      agentRuntimeArtifact: artifact,
    });
    return synthError(app);
  }
  const artifacts = bedrockagentcore.AgentRuntimeArtifact;
  const entry: [bedrockagentcore.AgentCoreRuntime, string[]] = [
    bedrockagentcore.AgentCoreRuntime.PYTHON_3_13,
    ['main.py'],
  ];

  test('works with a repository of the app', () => {
    const message = runtime((stack) => {
      const repository = new ecr.Repository(stack, 'Images');
      return { host: { runtimeName: 'orders', repository }, artifact: artifacts.fromEcrRepository(repository, 'v1') };
    });
    expect(message).toBe('');
  });

  test('works with an image that CDK builds', () => {
    const message = runtime((stack) => {
      const { repository, imageUri } = new assets.DockerImageAsset(stack, 'Image', {
        directory: here,
        file: 'hosts.test.ts',
      });
      return { host: { runtimeName: 'orders', repository }, artifact: artifacts.fromImageUri(imageUri) };
    });
    expect(message).toBe('');
  });

  test("works with fromAsset when the host was given the assets' repository", () => {
    const message = runtime((stack) => {
      const { repository } = new assets.DockerImageAsset(stack, 'Image', { directory: here, file: 'hosts.test.ts' });
      return {
        host: { runtimeName: 'orders', repository },
        artifact: artifacts.fromAsset(here, { file: 'hosts.test.ts' }),
      };
    });
    expect(message).toBe('');
  });

  test('refuses an image from another repository than the host was given, and tells the fix', () => {
    const message = runtime((stack) => ({
      host: { runtimeName: 'orders', repository: ecr.Repository.fromRepositoryName(stack, 'Images', 'orders') },
      artifact: artifacts.fromAsset(here, { file: 'hosts.test.ts' }),
    }));
    expect(message).toContain('«AgentAccessUndeclared»');
    expect(message).toContain(
      'AgentHost.agentCoreRuntime({ runtimeName, repository }) with the repository of the image',
    );
  });

  test('works with an archive in a bucket', () => {
    const message = runtime((stack) => ({
      host: {
        runtimeName: 'orders',
        codeObject: {
          bucket: s3.Bucket.fromBucketName(stack, 'B', 'code'),
          objectKey: 'orders.zip',
          objectVersion: '7',
        },
      },
      artifact: artifacts.fromS3({ bucketName: 'code', objectKey: 'orders.zip', objectVersion: '7' }, ...entry),
    }));
    expect(message).toBe('');
  });

  test.each([
    ['another key', { bucketName: 'code', objectKey: 'other.zip' }, "Code.S3.Prefix 'other.zip'"],
    ['another version', { bucketName: 'code', objectKey: 'orders.zip', objectVersion: '8' }, "Code.S3.VersionId '8'"],
  ])('refuses an archive with %s than the host was given', (_, location, words) => {
    const message = runtime((stack) => ({
      host: {
        runtimeName: 'orders',
        codeObject: {
          bucket: s3.Bucket.fromBucketName(stack, 'B', 'code'),
          objectKey: 'orders.zip',
          objectVersion: '7',
        },
      },
      artifact: artifacts.fromS3(location, ...entry),
    }));
    expect(message).toContain('«AgentHostMismatch»');
    expect(message).toContain(words);
  });

  test('refuses an archive in another bucket', () => {
    const message = runtime((stack) => ({
      host: {
        runtimeName: 'orders',
        codeObject: { bucket: s3.Bucket.fromBucketName(stack, 'B', 'code'), objectKey: 'orders.zip' },
      },
      artifact: artifacts.fromS3({ bucketName: 'elsewhere', objectKey: 'orders.zip' }, ...entry),
    }));
    expect(message).toContain('«AgentAccessUndeclared»');
    expect(message).toContain('«AgentHostMismatch»');
  });
});

describe('a Lambda function', () => {
  function fn(props: Partial<lambda.FunctionProps>, host: { vpc?: boolean; tracing?: boolean } = {}): string {
    const app = newApp();
    const stack = newStack(app);
    const logGroup = new logs.LogGroup(stack, 'Logs');
    const agent = newAgent(stack, 'Agent', { host: AgentHost.lambdaFunction({ logGroup, ...host }) });
    new lambda.Function(stack, 'Host', {
      role: agent,
      logGroup,
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {};'),
      ...props,
    });
    return synthError(app);
  }

  test('works with the log group that the host was given', () => {
    expect(fn({})).toBe('');
  });

  test('refuses tracing that the host was not declared with, and tells the fix', () => {
    const message = fn({ tracing: lambda.Tracing.ACTIVE });
    expect(message).toContain('xray:PutTraceSegments');
    expect(message).toContain('AgentHost.lambdaFunction({ logGroup, tracing: true })');
  });

  test('refuses a log group of its own', () => {
    expect(fn({ logGroup: undefined })).toContain('has LoggingConfig.LogGroup not set');
  });

  test('refuses a dead-letter queue that no grant declares', () => {
    expect(fn({ deadLetterQueueEnabled: true })).toContain('sqs:SendMessage');
  });

  test('refuses insights at once, which bring a managed policy', () => {
    expect(() => fn({ insightsVersion: lambda.LambdaInsightsVersion.VERSION_1_0_333_0 })).toThrow('«AgentRoleSealed»');
  });
});

test('refuses ECS Exec, which opens a shell with the credentials of the agent', () => {
  const app = newApp();
  const stack = newStack(app);
  const agent = newAgent(stack);
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Host', { taskRole: agent });
  taskDefinition.addContainer('main', { image: ecs.ContainerImage.fromRegistry('busybox') });
  new ecs.FargateService(stack, 'Service', {
    cluster: new ecs.Cluster(stack, 'Cluster'),
    taskDefinition,
    enableExecuteCommand: true,
  });
  const message = synthError(app);
  expect(message).toContain('ssmmessages:');
  expect(message).toContain('leave enableExecuteCommand off');
});

describe('an AgentCore gateway', () => {
  test('works with a key that is declared, and refuses it otherwise', () => {
    const gateway = (declare: boolean): string => {
      const app = newApp();
      const stack = newStack(app);
      const kmsKey = new kms.Key(stack, 'Key');
      const agent = newAgent(stack, 'Agent', { host: AgentHost.agentCoreGateway({ gatewayName: 'orders' }) });
      if (declare) {
        new AgentKeyGrant(agent, 'GatewayKey', { key: kmsKey, viaService: 'bedrock-agentcore' });
      }
      new bedrockagentcore.Gateway(stack, 'Host', {
        gatewayName: agent.hostName,
        role: agent,
        kmsKey,
        authorizerConfiguration: bedrockagentcore.GatewayAuthorizer.usingAwsIam(),
      });
      return synthError(app);
    };
    expect(gateway(false)).toContain('kms:');
    expect(gateway(true)).toBe('');
  });

  test('refuses a target that no grant declares', () => {
    const app = newApp();
    const stack = newStack(app);
    const hosted = HOSTED['AgentCore Gateway'];
    const agent = newAgent(stack, 'Agent', { host: AgentHost.agentCoreGateway({ gatewayName: 'orders' }) });
    hosted?.host(stack, agent);
    expect(synthError(app)).toContain("new AgentFunctionGrant(agent, 'Tool'");
  });
});

test('a function on a Bedrock agent is granted on the function, not on the role', () => {
  const app = newApp();
  const stack = newStack(app);
  const agent = newAgent(stack, 'Agent', { host: AgentHost.bedrockAgent() });
  new AgentFunctionGrant(agent, 'Tool', { function: lambda.Function.fromFunctionName(stack, 'Tool', 'tool') });
  expect(synthError(app)).toBe('');
});
