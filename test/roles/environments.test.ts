import { readFileSync } from 'node:fs';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { type App, CfnResource, NestedStack, Stack, type StackProps, Stage } from 'aws-cdk-lib/core';
import { AgentAccessGrant, AgentStorageGrant, type ScopedAgentRole } from 'cdk-least-agency';
import { ENV, grantTable, newAgent, newApp, newStack, resourcesOf, synthError, TABLE_ARN } from './agent-fixture';
import { contractOf } from './assembly';
import { HOST_NAMES, HOSTED } from './hosts-fixture';

const ENVIRONMENTS: Readonly<Record<string, StackProps>> = {
  'a known account and region': { env: ENV },
  'an unknown account and region': {},
  'an unknown account': { env: { region: 'eu-west-1' } },
  'an unknown region': { env: { account: ENV.account } },
  'GovCloud (US)': { env: { account: ENV.account, region: 'us-gov-west-1' } },
  China: { env: { account: ENV.account, region: 'cn-north-1' } },
};
const recommended = JSON.parse(
  readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8'),
) as Record<string, unknown>;

function build(name: string, stack: Stack, hostStack: Stack = stack): ScopedAgentRole {
  const hosted = HOSTED[name];
  if (!hosted) {
    throw new Error(`no host ${name}`);
  }
  const agent = hosted.agent(stack);
  hosted.host(hostStack, agent);
  return agent;
}

const task = (scope: Stack, agent: ScopedAgentRole, id = 'Task'): ecs.CfnTaskDefinition =>
  new ecs.CfnTaskDefinition(scope, id, { taskRoleArn: agent.roleArn });

describe.each(HOST_NAMES)('an agent on %s', (name) => {
  test.each(Object.entries(ENVIRONMENTS))('works in %s', (_, props) => {
    const app = newApp();
    build(name, newStack(app, 'Orders', props));
    expect(synthError(app)).toBe('');
  });

  test('works with all feature flags that CDK recommends', () => {
    const app = newApp(recommended);
    build(name, newStack(app));
    expect(synthError(app)).toBe('');
  });

  test.each([
    ['strong', {}],
    ['weak', { '@aws-cdk/core:defaultCrossStackReferences': 'weak' }],
    ['both', { '@aws-cdk/core:defaultCrossStackReferences': 'both' }],
  ])('works with its host in another stack, by %s references', (_, context) => {
    const app = newApp(context);
    build(name, newStack(app), newStack(app, 'Host'));
    expect(synthError(app)).toBe('');
  });

  test('works with the agent in a nested stack, its host in a nested stack, and both', () => {
    const app = newApp();
    const stack = newStack(app);
    build(name, new NestedStack(stack, 'Agents'), stack);
    const other = newStack(app, 'Other', { env: { ...ENV, region: 'eu-west-1' } });
    build(name, other, new NestedStack(other, 'Hosts'));
    const both = newStack(app, 'Both', { env: { ...ENV, region: 'eu-west-2' } });
    build(name, new NestedStack(both, 'Agents'), new NestedStack(both, 'Hosts'));
    expect(synthError(app)).toBe('');
  });
});

describe('partitions', () => {
  test.each([
    ['us-gov-west-1', 'arn:aws-us-gov:bedrock-agentcore:us-gov-west-1:111122223333:runtime/orders-??????????'],
    ['cn-north-1', 'arn:aws-cn:bedrock-agentcore:cn-north-1:111122223333:runtime/orders-??????????'],
  ])('the trust policy in %s names its own partition', (region, sourceArn) => {
    const stack = newStack(newApp(), 'Orders', { env: { ...ENV, region } });
    build('AgentCore Runtime', stack);
    expect(JSON.stringify(resourcesOf(stack, 'AWS::IAM::Role'))).toContain(sourceArn);
    expect(JSON.stringify(resourcesOf(stack, 'AWS::IAM::Policy'))).not.toContain('"arn:aws:');
  });

  test('are pseudo parameters where the region is not known', () => {
    const stack = newStack(newApp(), 'Orders', {});
    build('AgentCore Runtime', stack);
    const [role] = Object.values(resourcesOf(stack, 'AWS::IAM::Role'));
    expect(role?.AssumeRolePolicyDocument).toMatchObject({
      Statement: [
        {
          Condition: {
            StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
            ArnLike: {
              'aws:SourceArn': {
                'Fn::Join': [
                  '',
                  [
                    'arn:',
                    { Ref: 'AWS::Partition' },
                    ':bedrock-agentcore:',
                    { Ref: 'AWS::Region' },
                    ':',
                    { Ref: 'AWS::AccountId' },
                    ':runtime/orders-??????????',
                  ],
                ],
              },
            },
          },
        },
      ],
    });
  });
});

describe('stacks that refer to each other', () => {
  test('work when what the agent needs is in another stack than its host', () => {
    const app = newApp();
    const data = newStack(app, 'Data');
    const bucket = new s3.Bucket(data, 'Files');
    const stack = newStack(app);
    const agent = newAgent(stack);
    new AgentStorageGrant(agent, 'Files', { bucket, prefix: 'orders/' });
    task(newStack(app, 'Host'), agent);
    expect(synthError(app)).toBe('');
  });

  test.each([
    ['strong', {}],
    ['weak', { '@aws-cdk/core:defaultCrossStackReferences': 'weak' }],
  ])('refuses a circle of %s references with our words, not those of CDK', (_, context) => {
    const app = newApp(context);
    const host = newStack(app, 'Host');
    const agent = newAgent(newStack(app));
    new AgentStorageGrant(agent, 'Files', { bucket: new s3.Bucket(host, 'Files'), prefix: 'orders/' });
    task(host, agent);
    expect(synthError(app)).toMatch(
      /«AgentHostStackCycle» agent 'orders-agent' is in stack Orders, its host Host\/Task is in stack Host.*put the agent into the stack of its host/,
    );
  });

  test('refuses a circle through a stack that depends on the stack of the host', () => {
    const app = newApp();
    const host = newStack(app, 'Host');
    const data = newStack(app, 'Data');
    data.addStackDependency(host);
    const agent = newAgent(newStack(app));
    new AgentStorageGrant(agent, 'Files', { bucket: new s3.Bucket(data, 'Files'), prefix: 'orders/' });
    task(host, agent);
    expect(synthError(app)).toContain("the agent's grants refer to stack Data");
  });

  test('refuses a circle with a nested stack that holds both the host and what the agent needs', () => {
    const app = newApp();
    const stack = newStack(app);
    const nested = new NestedStack(stack, 'Nested');
    const agent = newAgent(stack);
    new AgentStorageGrant(agent, 'Files', { bucket: new s3.Bucket(nested, 'Files'), prefix: 'orders/' });
    task(nested, agent);
    expect(synthError(app)).toContain('«AgentHostStackCycle»');
  });

  test('work when an agent in a nested stack needs what is in the parent, beside its host', () => {
    const app = newApp();
    const stack = newStack(app);
    const agent = newAgent(new NestedStack(stack, 'Agents'));
    new AgentStorageGrant(agent, 'Files', { bucket: new s3.Bucket(stack, 'Files'), prefix: 'orders/' });
    task(stack, agent);
    expect(synthError(app)).toBe('');
  });
});

describe('a host that waits for the policies of its agent', () => {
  const dependsOn = (stack: Stack, type: string): unknown =>
    Object.values(
      (stack.node.root as App).synth().getStackByName(stack.stackName).template.Resources as Record<
        string,
        { Type: string; DependsOn?: string[] }
      >,
    ).find((resource) => resource.Type === type)?.DependsOn;
  const overflow = (agent: ScopedAgentRole): void => {
    for (let table = 0; table < 12; table++) {
      const resources = Array.from({ length: 20 }, (_, item) => `${TABLE_ARN}-${table}-${item}`);
      new AgentAccessGrant(agent, `Tables${table}`, { actions: ['dynamodb:GetItem'], resources });
    }
  };
  const own = [expect.stringMatching(/^AgentOverflow1/), expect.stringMatching(/^AgentPolicy/)];

  test.each<[string, (stack: Stack, agent: ScopedAgentRole) => void]>([
    ['a typed resource', (stack, agent) => task(stack, agent)],
    [
      'a raw resource',
      (stack, agent) =>
        void new CfnResource(stack, 'Task', {
          type: 'AWS::ECS::TaskDefinition',
          properties: { TaskRoleArn: agent.roleArn },
        }),
    ],
    [
      'a property override',
      (stack, agent) =>
        new CfnResource(stack, 'Task', { type: 'AWS::ECS::TaskDefinition' }).addPropertyOverride(
          'TaskRoleArn',
          agent.roleArn,
        ),
    ],
  ])('waits as %s', (_, make) => {
    const stack = newStack();
    const agent = newAgent(stack);
    overflow(agent);
    make(stack, agent);
    expect(dependsOn(stack, 'AWS::ECS::TaskDefinition')).toEqual(own);
  });

  test('waits in a nested stack', () => {
    const stack = newStack();
    const agent = newAgent(stack);
    overflow(agent);
    task(new NestedStack(stack, 'Hosts'), agent);
    expect(dependsOn(stack, 'AWS::CloudFormation::Stack')).toEqual(own);
  });
});

describe('several agents', () => {
  test('work side by side in one stack, under one boundary', () => {
    const app = newApp();
    const stack = newStack(app);
    const one = newAgent(stack, 'One', { agentName: 'one' });
    const two = newAgent(stack, 'Two', { agentName: 'two' });
    grantTable(one);
    task(stack, one, 'TaskOne');
    task(stack, two, 'TaskTwo');
    expect(synthError(app)).toBe('');
    const boundaries = Object.values(resourcesOf(stack, 'AWS::IAM::ManagedPolicy'));
    expect(boundaries).toHaveLength(1);
    expect(boundaries[0]).not.toHaveProperty('ManagedPolicyName');
  });

  test.each<[string, StackProps, StackProps]>([
    ['in one account and region', { env: ENV }, { env: ENV }],
    ['where neither account nor region is known', {}, {}],
  ])('refuses the same name twice %s', (_, one, two) => {
    const app = newApp();
    newAgent(newStack(app, 'One', one));
    expect(() => newAgent(newStack(app, 'Two', two))).toThrow(
      /«AgentNameTaken» agent name 'orders-agent' is already the name of One\/Agent in this stage and environment.*Two\/Agent/,
    );
  });

  test('may have the same name in another region, and in another Stage', () => {
    const app = newApp();
    newAgent(newStack(app, 'One'));
    newAgent(newStack(app, 'Two', { env: { ...ENV, region: 'eu-west-1' } }));
    newAgent(newStack(new Stage(app, 'Test', { env: ENV })));
    expect(synthError(app)).toBe('');
  });
});

test('one agent in two Stages and environments is judged in each of them', () => {
  const app = newApp();
  for (const [id, region] of [
    ['Test', 'us-east-1'],
    ['Prod', 'eu-west-1'],
  ] as const) {
    const stage = new Stage(app, id, { env: { ...ENV, region } });
    build('AgentCore Runtime', new Stack(stage, 'Orders'));
  }
  const assembly = app.synth();
  for (const [id, region] of [
    ['Test', 'us-east-1'],
    ['Prod', 'eu-west-1'],
  ] as const) {
    const contract = contractOf(assembly.getNestedAssembly(`assembly-${id}`), `${id}/Orders/Agent`);
    expect(contract.trust).toContain(`:${region}:111122223333:runtime/orders-??????????`);
  }
});

test('a Stage is judged although nothing else of the app is wrong', () => {
  const app = newApp();
  const stack = newStack(new Stage(app, 'Prod', { env: ENV }));
  new s3.Bucket(stack, 'Files').grantRead(newAgent(stack));
  expect(synthError(app)).toContain('«AgentAccessUndeclared»');
});

test('synthesizing twice judges again, and gives the same templates and one contract', () => {
  const app = newApp();
  const stack = newStack(app);
  const agent = build('AgentCore Runtime', stack);
  const once = app.synth().getStackByName('Orders').template;
  const again = app.synth({ force: true });
  expect(again.getStackByName('Orders').template).toEqual(once);
  expect(contractOf(again, 'Orders/Agent').agentName).toBe('orders-agent');
  new CfnResource(stack, 'Job', { type: 'AWS::Batch::JobDefinition', properties: { JobRoleArn: agent.roleArn } });
  expect(() => app.synth({ force: true })).toThrow('«AgentHostForeign»');
});

test('an agent without a Stage or App above it is judged too', () => {
  const stack = new Stack(undefined, 'Alone', { env: ENV });
  const agent = newAgent(stack);
  new s3.Bucket(stack, 'Files').grantRead(agent);
  expect(agent.node.validate().join()).toContain('«AgentAccessUndeclared»');
});

test('refuses a pod identity association that does not send the session tags that the trust policy asks for', () => {
  const app = newApp();
  const stack = newStack(app);
  const agent = HOSTED['EKS Pod Identity']?.agent(stack);
  new eks.CfnPodIdentityAssociation(stack, 'Host', {
    clusterName: 'agents',
    namespace: 'orders',
    serviceAccount: 'orders-agent',
    roleArn: agent?.roleArn ?? '',
    disableSessionTags: true,
  });
  expect(synthError(app)).toContain("has DisableSessionTags 'true'");
});

test('a role name that was given stands in the template', () => {
  const app = newApp();
  const stack = newStack(app);
  newAgent(stack, 'Agent', { roleName: 'orders-agent-role', path: '/agents/' });
  expect(Object.values(resourcesOf(stack, 'AWS::IAM::Role'))[0]).toMatchObject({
    RoleName: 'orders-agent-role',
    Path: '/agents/',
  });
});
