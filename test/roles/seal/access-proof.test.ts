import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { type App, CfnResource, Fn, type Stack } from 'aws-cdk-lib/core';
import { AgentAccessGrant, AgentHost, AgentStorageGrant, type ScopedAgentRole } from 'cdk-least-agency';
import { serviceReferenceVersion } from '../../../lib/policy/reference/service-reference';
import { grantTable, judged, newAgent, newApp, newStack, synthError, TABLE_ARN } from '../agent-fixture';
import { type Contract, contractOf } from '../assembly';

type Change = (stack: Stack, agent: ScopedAgentRole) => void;

function proofOf(change: Change, boundary?: (stack: Stack) => iam.IManagedPolicy): Contract['proof'] {
  const app = newApp();
  const stack = newStack(app);
  const agent = newAgent(stack, 'Agent', boundary === undefined ? {} : { permissionsBoundary: boundary(stack) });
  grantTable(agent);
  change(stack, agent);
  return contractOf(app.synth(), 'Orders/Agent').proof;
}

function attach(stack: Stack, agent: ScopedAgentRole, ...statements: object[]): void {
  new iam.CfnManagedPolicy(stack, 'Outside', {
    policyDocument: { Version: '2012-10-17', Statement: statements },
    roles: [agent.roleName],
  });
}

const allow = (Action: unknown, Resource: unknown, more: object = {}): object => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

describe('the proof in the contract', () => {
  test('says that effective access is the working set, for which actions, and what it takes for granted', () => {
    expect(proofOf(() => undefined)).toEqual({
      relation: 'equal',
      certainty: 'proved',
      catalogue: serviceReferenceVersion().version,
      assumptions: [
        'service control policies, resource control policies and session policies are not part of the app: they only narrow',
        'denials in policies of resources are not counted: they only narrow',
        'policies of resources that the app imports are not seen: one that names the role can allow more',
        'what a policy of a resource allows to everybody is not counted: the role is not needed for it',
        'permissions that services keep outside of IAM policies are not seen, such as KMS grants and Lake Formation',
      ],
      unscopable: [],
    });
  });

  test('lists the actions that take no resource, with the reason', () => {
    const app = newApp();
    const stack = newStack(app);
    const host = AgentHost.lambdaFunction({ tracing: true, logGroup: new logs.LogGroup(stack, 'Logs') });
    const agent = newAgent(stack, 'Agent', { host });
    new AgentAccessGrant(agent, 'Identity', { actions: ['sts:GetCallerIdentity'], resources: ['*'] });
    const { proof } = contractOf(app.synth(), 'Orders/Agent');
    expect(proof.unscopable).toContainEqual({
      action: 'sts:GetCallerIdentity',
      grant: 'Identity',
      reason: expect.stringContaining('resource'),
    });
    expect(proof.unscopable).toContainEqual({
      action: 'xray:PutTraceSegments',
      grant: 'Host',
      reason: expect.stringMatching(/./),
    });
    expect(proof.relation).toBe('equal');
  });

  test.each<[string, Change]>([
    ['the same, attached from outside', (stack, agent) => attach(stack, agent, allow('dynamodb:GetItem', TABLE_ARN))],
    [
      'a part of it, attached from outside',
      (stack, agent) =>
        attach(
          stack,
          agent,
          allow('dynamodb:GetItem', TABLE_ARN, { Condition: { Bool: { 'aws:ViaAWSService': 'true' } } }),
        ),
    ],
    [
      'the same from the side of the resource',
      (stack, agent) => {
        const queue = new sqs.Queue(stack, 'Jobs');
        new AgentAccessGrant(agent, 'Jobs', { actions: ['sqs:ReceiveMessage'], resources: [queue.queueArn] });
        queue.addToResourcePolicy(
          new iam.PolicyStatement({
            principals: [agent],
            actions: ['sqs:ReceiveMessage'],
            resources: [queue.queueArn],
          }),
        );
      },
    ],
    [
      'a role that the boundary leaves assumable',
      (_stack, agent) =>
        void new AgentAccessGrant(agent, 'Step', {
          actions: ['sts:AssumeRole'],
          resources: ['arn:aws:iam::111122223333:role/reader'],
          purpose: 'reads the archive',
        }),
    ],
    [
      'a role of the app that the boundary leaves assumable',
      (stack, agent) => {
        const reader = new iam.Role(stack, 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
        new AgentAccessGrant(agent, 'Step', {
          actions: ['sts:AssumeRole'],
          resources: [reader.roleArn],
          purpose: 'reads the archive',
        });
      },
    ],
    [
      'a denial that is about something else',
      (stack, agent) => attach(stack, agent, { ...allow('s3:*', '*'), Effect: 'Deny' }),
    ],
  ])('is equal with %s', (_, change) => {
    expect(proofOf(change)).toMatchObject({ relation: 'equal', certainty: 'proved' });
  });

  test.each<[string, Change, string]>([
    [
      'a denial attached from outside',
      (stack, agent) =>
        attach(stack, agent, {
          ...allow('dynamodb:*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Effect: 'Deny',
        }),
      'dynamodb:GetItem',
    ],
  ])('is narrowed by %s, with the request that is lost', (_, change, action) => {
    const proof = proofOf(change);
    expect(proof).toMatchObject({
      relation: 'narrowed',
      certainty: 'proved',
      witness: { action, resource: TABLE_ARN },
    });
  });
});

describe('the boundary in the proof', () => {
  const boundary =
    (...statements: iam.PolicyStatement[]) =>
    (stack: Stack): iam.IManagedPolicy =>
      new iam.ManagedPolicy(stack, 'Org', { statements });
  const permits = (actions: string[], resources = ['*'], conditions = {}): iam.PolicyStatement =>
    new iam.PolicyStatement({ actions, resources, conditions });

  test.each<[string, iam.PolicyStatement[]]>([
    ['allows everything', [permits(['*'])]],
    ['allows the services of the agent', [permits(['dynamodb:*', 's3:*'])]],
    [
      'denies other services',
      [permits(['*']), new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['iam:*'], resources: ['*'] })],
    ],
    [
      'denies another table',
      [
        permits(['*']),
        new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['dynamodb:*'], resources: [`${TABLE_ARN}-2`] }),
      ],
    ],
    [
      'allows by two halves',
      [
        permits(['dynamodb:*'], ['*'], { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }),
        permits(['dynamodb:*'], ['*'], { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } }),
      ],
    ],
  ])('takes nothing away when it %s', (_, statements) => {
    expect(proofOf(() => undefined, boundary(...statements))).toMatchObject({ relation: 'equal', certainty: 'proved' });
  });

  test.each<[string, iam.PolicyStatement[]]>([
    ['allows one region', [permits(['*'], ['*'], { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } })]],
    [
      'denies one region',
      [
        permits(['*']),
        new iam.PolicyStatement({
          effect: iam.Effect.DENY,
          actions: ['dynamodb:Get*'],
          resources: ['*'],
          conditions: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
        }),
      ],
    ],
  ])('narrows when it %s: synth passes, and the contract has a request that is lost', (_, statements) => {
    const proof = proofOf(() => undefined, boundary(...statements));
    expect(proof).toMatchObject({
      relation: 'narrowed',
      certainty: 'proved',
      witness: { action: 'dynamodb:GetItem', resource: TABLE_ARN },
    });
  });

  test('is an assumption where it is not part of the app', () => {
    const proof = proofOf(
      () => undefined,
      (stack) => iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Org', 'arn:aws:iam::111122223333:policy/org'),
    );
    expect(proof.relation).toBe('equal');
    expect(proof.assumptions).toContain(
      'the boundary arn:aws:iam::111122223333:policy/org is not part of the app: it only narrows',
    );
  });
});

describe('refuses effective access that is not the working set', () => {
  const lines = (message: string): string[] =>
    message.split('\n').filter((line) => line.includes('«AgentAccessBroadened»'));

  test.each<[string, Change, string]>([
    [
      'a managed policy',
      (stack, agent) => attach(stack, agent, allow('dynamodb:DeleteItem', TABLE_ARN)),
      `such as dynamodb:DeleteItem on ${TABLE_ARN}; `,
    ],
    [
      'a managed policy under a condition',
      (stack, agent) =>
        attach(
          stack,
          agent,
          allow('dynamodb:DeleteItem', TABLE_ARN, { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } }),
        ),
      `such as dynamodb:DeleteItem on ${TABLE_ARN} where aws:PrincipalTag/team = a; `,
    ],
    [
      'an inline policy put on the role',
      (_, agent) =>
        agent._role.addPropertyOverride('Policies', [
          { PolicyName: 'x', PolicyDocument: { Version: '2012-10-17', Statement: [allow('sqs:SendMessage', '*')] } },
        ]),
      'such as sqs:SendMessage on ',
    ],
    [
      "a statement put into the agent's own policy",
      (_, agent) =>
        (agent.node.findChild('Policy') as iam.CfnPolicy).addPropertyOverride(
          'PolicyDocument.Statement.0.Action',
          'dynamodb:*',
        ),
      'such as dynamodb:',
    ],
    [
      'a bucket policy',
      (stack, agent) => {
        const bucket = new s3.Bucket(stack, 'Files');
        new AgentStorageGrant(agent, 'Claims', { bucket, prefix: 'claims/' });
        bucket.addToResourcePolicy(
          new iam.PolicyStatement({
            principals: [agent],
            actions: ['s3:GetObject'],
            resources: [bucket.arnForObjects('letters/*')],
          }),
        );
      },
      'such as s3:GetObject on <Orders/Files.Arn>/letters/',
    ],
  ])('from %s, with one request that shows it', (_, change, words) => {
    const found = lines(judged(change));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(
      "the effective access of agent 'orders-agent' is not its working set: the role allows what none of its grants declares, ",
    );
    expect(found[0]).toContain(words);
    expect(found[0]).toContain('take it off the role, or declare the need with a grant');
  });

  test.each<[string, Change]>([
    [
      'an AWS managed policy put on the role',
      (_, agent) => agent._role.addPropertyOverride('ManagedPolicyArns', ['arn:aws:iam::aws:policy/ReadOnlyAccess']),
    ],
    [
      'a policy that only CloudFormation can put together',
      (stack, agent) =>
        void new CfnResource(stack, 'Outside', {
          type: 'AWS::IAM::ManagedPolicy',
          properties: { Roles: [agent.roleName], PolicyDocument: Fn.transform('Macro', {}) },
        }),
    ],
  ])('when it can not be decided: %s', (_, change) => {
    const found = lines(judged(change));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('the role may allow what none of its grants declares');
  });

  test.each<[string, object]>([
    ['an action', allow('iam:CreateUser', '*')],
    ['everything but a list', { Effect: 'Allow', NotAction: ['dynamodb:*'], Resource: '*' }],
    ['an action that the boundary does not speak of', allow('sqs:SendMessage', '*')],
  ])('but not where the boundary leaves nothing of it, which is refused by itself: %s', (_, statement) => {
    const stack = newStack();
    const permissionsBoundary = new iam.ManagedPolicy(stack, 'Org', {
      statements: [new iam.PolicyStatement({ actions: ['dynamodb:*'], resources: ['*'] })],
    });
    const agent = newAgent(stack, 'Agent', { permissionsBoundary });
    grantTable(agent);
    attach(stack, agent, statement);
    const message = synthError(stack.node.root as App);
    expect(message).toContain('«AgentPolicyAttached»');
    expect(lines(message)).toEqual([]);
  });

  test.each<[string, Change, string, number]>([
    [
      'something attached and a denial',
      (stack, agent) =>
        attach(stack, agent, allow('dynamodb:DeleteItem', TABLE_ARN), {
          ...allow('dynamodb:GetItem', TABLE_ARN, { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Effect: 'Deny',
        }),
      'mixed',
      1,
    ],
    [
      'another action in its own policy',
      (_, agent) =>
        (agent.node.findChild('Policy') as iam.CfnPolicy).addPropertyOverride(
          'PolicyDocument.Statement.0.Action',
          'dynamodb:DeleteItem',
        ),
      'mixed',
      1,
    ],
    [
      'a condition in its own policy',
      (_, agent) =>
        (agent.node.findChild('Policy') as iam.CfnPolicy).addPropertyOverride('PolicyDocument.Statement.0.Condition', {
          Bool: { 'aws:SecureTransport': 'true' },
        }),
      'narrowed',
      0,
    ],
    [
      'a denial of all of it',
      (stack, agent) => attach(stack, agent, { ...allow('*', '*'), Effect: 'Deny' }),
      'narrowed',
      0,
    ],
  ])('when it is lost and gained: %s', (_, change, relation, count) => {
    const app = newApp();
    const stack = newStack(app);
    const agent = newAgent(stack);
    grantTable(agent);
    change(stack, agent);
    expect(lines(synthError(app))).toHaveLength(count);
    const contract = agent.node.metadata.find(({ type }) => type === 'least-agency:agent')?.data as Contract;
    expect(contract.proof.relation).toBe(relation);
  });

  test('that a boundary says nothing of is narrowed', () => {
    const app = newApp();
    const stack = newStack(app);
    const permissionsBoundary = new iam.ManagedPolicy(stack, 'Org', {
      statements: [new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] })],
    });
    const agent = newAgent(stack, 'Agent', { permissionsBoundary });
    grantTable(agent);
    expect(synthError(app)).toContain('«AgentBoundaryBlocks»');
    const contract = agent.node.metadata.find(({ type }) => type === 'least-agency:agent')?.data as Contract;
    expect(contract.proof.relation).toBe('narrowed');
  });

  test('with a request that the boundary leaves', () => {
    const everythingBut = { Effect: 'Allow', NotAction: ['s3:*'], Resource: '*' };
    const found = lines(judged((stack, agent) => attach(stack, agent, everythingBut)));
    expect(found).toHaveLength(1);
    expect(found[0]).not.toContain('such as iam:Create');
    expect(found[0]).toContain('the role allows what none of its grants declares, such as ');
  });

  test('and says so once an agent', () => {
    const app = newApp();
    const stack = newStack(app);
    const agents = ['one', 'two'].map((agentName) => newAgent(stack, agentName, { agentName }));
    agents.forEach(grantTable);
    new iam.CfnManagedPolicy(stack, 'Outside', {
      policyDocument: { Version: '2012-10-17', Statement: [allow(['s3:GetObject', 's3:PutObject'], '*')] },
      roles: agents.map((agent) => agent.roleName),
    });
    expect(lines(synthError(app))).toHaveLength(2);
  });
});
