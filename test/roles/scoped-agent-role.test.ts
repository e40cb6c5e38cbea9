import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Aws, Duration, Lazy } from 'aws-cdk-lib/core';
import { AgentAccessGrant, AgentHost, ScopedAgentRole, type ScopedAgentRoleProps } from 'cdk-least-agency';
import { newAgent, newApp, newStack, resourcesOf, synthError, TABLE_ARN } from './agent-fixture';

const declare = (props: Partial<Record<keyof ScopedAgentRoleProps, unknown>>) => (): ScopedAgentRole =>
  newAgent(newStack(), 'Agent', props as Partial<ScopedAgentRoleProps>);

describe('a declaration', () => {
  test.each<[string, Partial<Record<keyof ScopedAgentRoleProps, unknown>>, string, string]>([
    [
      'a name in capitals',
      { agentName: 'Orders' },
      'AgentName',
      "2 to 48 lower-case letters, digits and hyphens, got 'Orders'",
    ],
    ['a name of one letter', { agentName: 'o' }, 'AgentName', "got 'o'"],
    ['a name that is not known', { agentName: Aws.STACK_NAME }, 'AgentName', 'got'],
    ['a name with a new line', { agentName: 'orders\n' }, 'AgentName', 'got'],
    ['no name', { agentName: undefined }, 'AgentName', 'got'],
    ['no owner', { owner: undefined }, 'AgentOwner', 'got nothing; name the team or person who answers for the agent'],
    ['an empty owner', { owner: '' }, 'AgentOwner', "got ''"],
    ['an owner with signs that tags do not take', { owner: 'a<b>' }, 'AgentOwner', "got 'a<b>'"],
    ['an empty environment', { environment: '' }, 'AgentEnvironment', 'such as prod'],
    ['a review date that is none', { reviewBy: '2027-02-30' }, 'AgentReviewBy', "YYYY-MM-DD, got '2027-02-30'"],
    ['a path without slashes', { path: 'agents' }, 'AgentRolePath', "got 'agents'"],
    ['a role name with a slash', { roleName: 'a/b' }, 'AgentRoleName', "got 'a/b'"],
    ['a description that is too long', { description: 'x'.repeat(1_001) }, 'AgentDescription', 'got 1001'],
    ['sessions of half an hour', { maxSessionDuration: Duration.minutes(30) }, 'AgentSessionDuration', 'got 0.5 hours'],
    [
      'sessions of a day',
      { maxSessionDuration: Duration.hours(24), maxSessionDurationReason: 'x' },
      'AgentSessionDuration',
      '1 to 12 hours, got 24 hours',
    ],
    [
      'longer sessions without a reason',
      { maxSessionDuration: Duration.hours(2) },
      'AgentSessionDuration',
      'say why in maxSessionDurationReason',
    ],
    [
      'longer sessions with an empty reason',
      { maxSessionDuration: Duration.hours(2), maxSessionDurationReason: ' ' },
      'AgentSessionDuration',
      'say why',
    ],
  ])('refuses %s', (_, props, name, words) => {
    expect(declare(props)).toThrow(expect.objectContaining({ name, message: expect.stringContaining(`«${name}»`) }));
    expect(declare(props)).toThrow(words);
    expect(declare(props)).toThrow('(at Orders/Agent)');
  });

  test('takes what it is given to the template', () => {
    const stack = newStack();
    newAgent(stack, 'Agent', {
      description: 'Answers for orders',
      environment: 'prod',
      reviewBy: '2027-01-31',
      path: '/agents/',
      roleName: 'orders-agent',
      maxSessionDuration: Duration.hours(12),
      maxSessionDurationReason: 'Long reports',
    });
    expect(Object.values(resourcesOf(stack, 'AWS::IAM::Role'))[0]).toMatchObject({
      Description: 'Answers for orders',
      Path: '/agents/',
      RoleName: 'orders-agent',
      MaxSessionDuration: 43_200,
      Tags: expect.arrayContaining([
        { Key: 'Environment', Value: 'prod' },
        { Key: 'ReviewBy', Value: '2027-01-31' },
      ]),
    });
  });

  test('takes an owner that is only known later', () => {
    const app = newApp();
    newAgent(newStack(app), 'Agent', { owner: Lazy.string({ produce: () => 'orders@example.com' }) });
    expect(synthError(app)).toBe('');
  });
});

describe('a host', () => {
  const repository = (): ecr.IRepository => ecr.Repository.fromRepositoryName(newStack(), 'R', 'orders');
  test.each<[string, () => unknown, string, string]>([
    [
      'a runtime name with a hyphen',
      () => AgentHost.agentCoreRuntime({ runtimeName: 'a-b', repository: repository() }),
      'AgentHostName',
      "up to 47 letters, digits and underscores, got 'a-b'",
    ],
    [
      'a runtime name that is not known',
      () => AgentHost.agentCoreRuntime({ runtimeName: Aws.STACK_NAME, repository: repository() }),
      'AgentHostName',
      'a value that is not known at synth',
    ],
    [
      'a runtime without an artifact',
      () => AgentHost.agentCoreRuntime({ runtimeName: 'a' }),
      'AgentHostArtifact',
      'exactly one of repository and codeObject, got neither',
    ],
    [
      'a runtime with two artifacts',
      () =>
        AgentHost.agentCoreRuntime({
          runtimeName: 'a',
          repository: repository(),
          codeObject: { bucket: s3.Bucket.fromBucketName(newStack(), 'B', 'code'), objectKey: 'k' },
        }),
      'AgentHostArtifact',
      'got both',
    ],
    [
      'a gateway name with an underscore',
      () => AgentHost.agentCoreGateway({ gatewayName: 'a_b' }),
      'AgentHostName',
      "single hyphens between them, got 'a_b'",
    ],
    [
      'a Kubernetes name in capitals',
      () => AgentHost.eksPodIdentity({ cluster: {} as never, namespace: 'Orders', serviceAccount: 'a' }),
      'AgentHostName',
      'namespace must be a Kubernetes name',
    ],
  ])('refuses %s', (_, make, name, words) => {
    expect(make).toThrow(expect.objectContaining({ name }));
    expect(make).toThrow(words);
  });

  test('refuses no name where one is needed', () => {
    expect(() => AgentHost.agentCoreGateway({} as never)).toThrow('«AgentHostName» gatewayName must be');
  });

  test('refuses to tell a name that it was not given', () => {
    expect(() => newAgent(newStack()).hostName).toThrow(
      /«AgentHostName» the host ECS task of agent 'orders-agent' was declared without a name/,
    );
  });
});

describe('the role object', () => {
  test('is known as the role of an agent', () => {
    const agent = newAgent(newStack());
    expect(ScopedAgentRole.isScopedAgentRole(agent)).toBe(true);
    expect(ScopedAgentRole.isScopedAgentRole(new iam.User(newStack(), 'U'))).toBe(false);
    expect(ScopedAgentRole.isScopedAgentRole(undefined)).toBe(false);
  });

  test('is made even where iam.Role.customizeRoles keeps roles from being made', () => {
    const app = newApp();
    const stack = newStack(app);
    iam.Role.customizeRoles(stack);
    newAgent(stack);
    expect(synthError(app)).toBe('');
    expect(Object.keys(resourcesOf(stack, 'AWS::IAM::Role'))).toHaveLength(1);
  });

  test('lets a deployer pass it on, and nothing else', () => {
    const stack = newStack();
    const agent = newAgent(stack);
    agent.grantPassRole(new iam.User(stack, 'Deployer'));
    const [policy] = Object.values(resourcesOf(stack, 'AWS::IAM::Policy'));
    expect(policy?.PolicyDocument).toMatchObject({
      Statement: [
        {
          Action: 'iam:PassRole',
          Effect: 'Allow',
          Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Agent/), 'Arn'] },
        },
      ],
    });
  });
});

test('refuses access after its end, and not a second before', () => {
  jest.useFakeTimers();
  try {
    const app = newApp();
    const agent = newAgent(newStack(app));
    jest.setSystemTime(new Date('2026-12-30T00:00:00Z'));
    new AgentAccessGrant(agent, 'Setup', {
      actions: ['dynamodb:GetItem'],
      resources: [TABLE_ARN],
      until: '2026-12-31',
    });
    jest.setSystemTime(new Date('2026-12-31T23:59:58Z'));
    expect(synthError(app)).toBe('');
    jest.setSystemTime(new Date('2026-12-31T23:59:59Z'));
    expect(agent.node.validate().join()).toContain(
      "«AgentAccessExpired» grant 'Setup' of agent 'orders-agent' ended at 2026-12-31T23:59:59Z; remove it, or give it a new end",
    );
  } finally {
    jest.useRealTimers();
  }
});
