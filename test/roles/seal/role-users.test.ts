import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { CfnCondition, CfnResource, CfnStack, CustomResource, Fn, NestedStack, type Stack } from 'aws-cdk-lib/core';
import { AgentHost, type ScopedAgentRole } from 'cdk-least-agency';
import { ENV, judged, newAgent, newApp, newStack, ROLE_NAME, synthError } from '../agent-fixture';

type Change = (stack: Stack, agent: ScopedAgentRole) => void;

const task = (scope: Stack, id: string, props: ecs.CfnTaskDefinitionProps): ecs.CfnTaskDefinition =>
  new ecs.CfnTaskDefinition(scope, id, { containerDefinitions: [{ name: 'main', image: 'agent' }], ...props });
const runtimeHost = (stack: Stack) =>
  AgentHost.agentCoreRuntime({
    runtimeName: 'orders',
    repository: ecr.Repository.fromRepositoryName(stack, 'Images', 'orders'),
  });
const runtime = (scope: Stack, id: string, roleArn: string, agentRuntimeName = 'orders'): agentcore.CfnRuntime =>
  new agentcore.CfnRuntime(scope, id, {
    agentRuntimeName,
    agentRuntimeArtifact: { containerConfiguration: { containerUri: 'orders:1' } },
    networkConfiguration: { networkMode: 'PUBLIC' },
    roleArn,
  });

describe('one host of the declared kind', () => {
  test('passes', () => {
    expect(judged((stack, agent) => task(stack, 'Task', { taskRoleArn: agent.roleArn }))).toBe('');
  });

  test.each<[string, Change]>([
    [
      'the property on one side of an Fn::If',
      (stack, agent) => {
        const when = new CfnCondition(stack, 'When', { expression: Fn.conditionEquals('a', 'b') });
        task(stack, 'Task', { taskRoleArn: Fn.conditionIf(when.logicalId, agent.roleArn, agent.roleArn).toString() });
      },
    ],
    [
      'a raw resource',
      (stack, agent) =>
        new CfnResource(stack, 'Task', {
          type: 'AWS::ECS::TaskDefinition',
          properties: { TaskRoleArn: agent.roleArn },
        }),
    ],
  ])('passes for %s', (_, change) => {
    expect(judged(change)).toBe('');
  });
});

describe('a second user of the role', () => {
  test('refuses two hosts of the declared kind, whoever names the role how', () => {
    const message = judged(
      (stack, agent) => {
        task(stack, 'One', { taskRoleArn: agent.roleArn });
        task(newStack(stack.node.root as never, 'Other'), 'Two', {
          taskRoleArn: `arn:aws:iam::${ENV.account}:role/${ROLE_NAME}`,
        });
      },
      { roleName: ROLE_NAME },
    );
    expect(message).toContain("«AgentHostShared» the role of agent 'orders-agent' is used by Orders/One and Other/Two");
    expect(message).toContain('declare one ScopedAgentRole for each');
  });

  const lambdaOf: Change = (stack, agent) =>
    void new lambda.Function(stack, 'F', {
      role: agent,
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {};'),
    });

  test.each<[string, Change, string]>([
    ['a Lambda function', lambdaOf, 'AWS::Lambda::Function, Role'],
    [
      'the execution role of its own task',
      (stack, agent) => task(stack, 'T', { taskRoleArn: agent.roleArn, executionRoleArn: agent.roleArn }),
      'that property takes another role',
    ],
    [
      'an AgentCore runtime',
      (stack, agent) => runtime(stack, 'R', agent.roleArn),
      'AWS::BedrockAgentCore::Runtime, RoleArn',
    ],
    [
      'a Bedrock agent',
      (stack, agent) => new bedrock.CfnAgent(stack, 'B', { agentName: 'b', agentResourceRoleArn: agent.roleArn }),
      'AgentResourceRoleArn',
    ],
    [
      'an instance profile',
      (stack, agent) => new iam.InstanceProfile(stack, 'I', { role: agent }),
      'AWS::IAM::InstanceProfile, Roles',
    ],
    [
      'a state machine',
      (stack, agent) => new sfn.CfnStateMachine(stack, 'S', { roleArn: agent.roleArn, definitionString: '{}' }),
      'AWS::StepFunctions::StateMachine, RoleArn',
    ],
    [
      'a task that a state machine runs with it',
      (stack, agent) =>
        new sfn.CfnStateMachine(stack, 'S', {
          roleArn: 'arn:aws:iam::111122223333:role/machine',
          definitionString: stack.toJsonString({
            StartAt: 'Run',
            States: {
              Run: {
                Type: 'Task',
                Resource: 'arn:aws:states:::ecs:runTask',
                Parameters: { Overrides: { TaskRoleArn: agent.roleArn } },
              },
            },
          }),
        }),
      'DefinitionString.States.Run.Parameters.Overrides.TaskRoleArn',
    ],
    [
      'a pod identity association',
      (stack, agent) =>
        new eks.CfnPodIdentityAssociation(stack, 'P', {
          clusterName: 'c',
          namespace: 'n',
          serviceAccount: 's',
          roleArn: agent.roleArn,
        }),
      'AWS::EKS::PodIdentityAssociation, RoleArn',
    ],
    [
      'an identity pool',
      (stack, agent) =>
        new cognito.CfnIdentityPoolRoleAttachment(stack, 'C', {
          identityPoolId: 'pool',
          roles: { authenticated: agent.roleArn },
        }),
      'Roles.authenticated',
    ],
    [
      'an API that signs with it',
      (stack, agent) => {
        const api = new apigateway.CfnRestApi(stack, 'Api', { name: 'api' });
        new apigateway.CfnMethod(stack, 'M', {
          httpMethod: 'GET',
          resourceId: api.attrRootResourceId,
          restApiId: api.ref,
          integration: { type: 'AWS', credentials: agent.roleArn },
        });
      },
      'Integration.Credentials',
    ],
    [
      'a raw resource of a type nobody knows',
      (stack, agent) =>
        new CfnResource(stack, 'X', {
          type: 'MyOrg::Agents::Runner',
          properties: { Settings: [{ ExecutionRoleArn: agent.roleArn }] },
        }),
      'MyOrg::Agents::Runner, Settings.ExecutionRoleArn',
    ],
    [
      'a custom resource',
      (stack, agent) =>
        new CustomResource(stack, 'X', {
          serviceToken: 'arn:aws:lambda:us-east-1:111122223333:function:provider',
          properties: { RoleArn: agent.roleArn },
        }),
      'AWS::CloudFormation::CustomResource, RoleArn',
    ],
    [
      'a resource by property override',
      (stack, agent) =>
        new CfnResource(stack, 'X', { type: 'AWS::Batch::JobDefinition' }).addPropertyOverride(
          'ContainerProperties.JobRoleArn',
          agent.roleArn,
        ),
      'ContainerProperties.JobRoleArn',
    ],
    [
      'a template that is not part of the app',
      (stack, agent) =>
        new CfnStack(stack, 'Far', {
          templateUrl: 'https://s3.amazonaws.com/templates/far.json',
          parameters: { Who: agent.roleArn },
        }),
      'could not be judged',
    ],
    [
      'a loop that makes resources at deployment',
      (stack, agent) => {
        stack.addTransform('AWS::LanguageExtensions');
        const loop = new CfnResource(stack, 'Loop', { type: 'X' });
        loop._toCloudFormation = () => ({
          Resources: {
            'Fn::ForEach::Tasks': [
              'N',
              ['a'],
              {
                'T${N}': {
                  Type: 'AWS::ECS::TaskDefinition',
                  Properties: { TaskRoleArn: { 'Fn::GetAtt': [stack.resolve(agent._role.logicalId), 'Arn'] } },
                },
              },
            ],
          },
        });
      },
      '(Fn::ForEach::Tasks, ',
    ],
  ])('refuses %s', (_, change, words) => {
    const message = judged(change);
    expect(message).toContain('«AgentHostForeign»');
    expect(message).toContain("uses the role of agent 'orders-agent', whose host is declared as ECS task");
    expect(message).toContain(words);
  });

  test('refuses a runtime and a function for an agent of AgentCore', () => {
    const app = newApp();
    const stack = newStack(app);
    const agent = newAgent(stack, 'Agent', { host: runtimeHost(stack) });
    runtime(stack, 'R', agent.roleArn);
    lambdaOf(stack, agent);
    expect(synthError(app)).toMatch(/«AgentHostForeign» Orders\/F\/Resource .* declared as AgentCore Runtime/);
  });
});

describe('a host that could not assume the role', () => {
  test.each<[string, string | undefined, string]>([
    ['another name', 'orders2', "has AgentRuntimeName 'orders2', but agent 'orders-agent' was declared for 'orders'"],
    ['a name in other letters', 'Orders', "'Orders'"],
    ['no name', undefined, 'has AgentRuntimeName not set'],
  ])('refuses %s', (_, name, words) => {
    const app = newApp();
    const stack = newStack(app);
    const agent = newAgent(stack, 'Agent', { host: runtimeHost(stack) });
    const resource = runtime(stack, 'R', agent.roleArn, name ?? 'x');
    if (name === undefined) {
      resource.addPropertyDeletionOverride('AgentRuntimeName');
    }
    const message = synthError(app);
    expect(message).toContain('«AgentHostMismatch»');
    expect(message).toContain(words);
    expect(message).toContain('set runtimeName: agent.hostName');
  });

  test.each<[string, { account?: string; region?: string }, string]>([
    ['account', { account: '444455556666' }, 'is in account 444455556666'],
    ['region', { region: 'eu-west-1' }, 'is in region eu-west-1'],
  ])('refuses one in another %s', (_, place, words) => {
    const app = newApp();
    const stack = newStack(app);
    newAgent(stack, 'Agent', { host: runtimeHost(stack), roleName: ROLE_NAME });
    runtime(newStack(app, 'Far', { env: { ...ENV, ...place } }), 'R', `arn:aws:iam::${ENV.account}:role/${ROLE_NAME}`);
    const message = synthError(app);
    expect(message).toContain('«AgentHostMismatch»');
    expect(message).toContain(words);
  });

  test('passes in another region when sourceArn says so', () => {
    const app = newApp();
    const stack = newStack(app);
    const host = AgentHost.agentCoreRuntime({
      runtimeName: 'orders',
      repository: ecr.Repository.fromRepositoryName(stack, 'Images', 'orders'),
      sourceArn: 'arn:aws:bedrock-agentcore:eu-west-1:111122223333:runtime/orders-??????????',
    });
    newAgent(stack, 'Agent', { host, roleName: ROLE_NAME });
    runtime(
      newStack(app, 'Far', { env: { ...ENV, region: 'eu-west-1' } }),
      'R',
      `arn:aws:iam::${ENV.account}:role/${ROLE_NAME}`,
    );
    expect(synthError(app)).toBe('');
  });

  test('refuses a task of another family', () => {
    const message = judged((stack, agent) => task(stack, 'T', { family: 'other', taskRoleArn: agent.roleArn }), {
      host: AgentHost.ecsTask({ family: 'orders' }),
    });
    expect(message).toContain("has Family 'other', but agent 'orders-agent' was declared for 'orders'");
  });
});

describe('what only says the name of the role', () => {
  test.each<[string, Change]>([
    [
      'an environment variable',
      (stack, agent) =>
        task(stack, 'T', {
          containerDefinitions: [{ name: 'a', image: 'a', environment: [{ name: 'ROLE', value: agent.roleArn }] }],
        }),
    ],
    ['the policy of a deployer that may pass it on', (stack, agent) => agent.grantPassRole(new iam.User(stack, 'U'))],
    [
      'a CDK nested stack that gets it as a parameter',
      (stack, agent) => {
        const nested = new NestedStack(stack, 'N');
        task(nested, 'T', { taskRoleArn: agent.roleArn });
      },
    ],
  ])('passes for %s', (_, change) => {
    expect(judged(change)).toBe('');
  });
});
