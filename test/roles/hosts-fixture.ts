import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Stack } from 'aws-cdk-lib/core';
import { AgentFunctionGrant, type AgentHost, AgentHost as Hosts, type ScopedAgentRole } from 'cdk-least-agency';
import { newAgent } from './agent-fixture';

/** An agent on one kind of host, made with the CDK's own constructs where it has any. */
export interface HostedAgent {
  /** Declares the agent; everything it needs is made beside it. */
  readonly agent: (stack: Stack) => ScopedAgentRole;
  /** Makes the host, in the agent's stack or in another one. */
  readonly host: (stack: Stack, agent: ScopedAgentRole) => void;
}

const withHost = (stack: Stack, host: AgentHost): ScopedAgentRole => newAgent(stack, 'Agent', { host });
const logGroup = (stack: Stack): logs.ILogGroup =>
  logs.LogGroup.fromLogGroupName(stack, `Logs${stack.node.children.length}`, '/aws/lambda/orders');
const images = (stack: Stack): ecr.IRepository =>
  (stack.node.tryFindChild('Images') as ecr.IRepository | undefined) ??
  ecr.Repository.fromRepositoryName(stack, 'Images', 'orders');
const cluster = (stack: Stack): eks.IClusterRef =>
  eks.CfnCluster.fromClusterName(stack, `Cluster${stack.node.children.length}`, 'agents');
const tool = (stack: Stack): lambda.IFunction =>
  (stack.node.tryFindChild('Tool') as lambda.IFunction | undefined) ??
  lambda.Function.fromFunctionAttributes(stack, 'Tool', {
    functionArn: stack.formatArn({ service: 'lambda', resource: 'function:tool' }),
    sameEnvironment: true,
  });

export const HOSTED: Readonly<Record<string, HostedAgent>> = {
  'AgentCore Runtime': {
    agent: (stack) => withHost(stack, Hosts.agentCoreRuntime({ runtimeName: 'orders', repository: images(stack) })),
    host: (stack, agent) =>
      void new agentcore.Runtime(stack, 'Host', {
        runtimeName: agent.hostName,
        executionRole: agent,
        agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromEcrRepository(images(stack), 'v1'),
      }),
  },
  'AgentCore Gateway': {
    agent: (stack) => {
      const agent = withHost(stack, Hosts.agentCoreGateway({ gatewayName: 'Orders-Tools' }));
      new AgentFunctionGrant(agent, 'Tool', { function: tool(stack) });
      return agent;
    },
    host: (stack, agent) => {
      const gateway = new agentcore.Gateway(stack, 'Host', {
        gatewayName: agent.hostName,
        role: agent,
        authorizerConfiguration: agentcore.GatewayAuthorizer.usingAwsIam(),
      });
      gateway.addLambdaTarget('Tool', {
        gatewayTargetName: 'tool',
        lambdaFunction: tool(stack),
        toolSchema: agentcore.ToolSchema.fromInline([
          { name: 'look', description: 'Looks', inputSchema: { type: agentcore.SchemaDefinitionType.OBJECT } },
        ]),
      });
    },
  },
  'Bedrock agent': {
    agent: (stack) => withHost(stack, Hosts.bedrockAgent({ agentName: 'orders' })),
    host: (stack, agent) =>
      void new bedrock.CfnAgent(stack, 'Host', {
        agentName: agent.hostName,
        agentResourceRoleArn: agent.roleArn,
      }),
  },
  'Lambda function': {
    agent: (stack) => withHost(stack, Hosts.lambdaFunction({ logGroup: logGroup(stack), tracing: true, vpc: true })),
    host: (stack, agent) =>
      void new lambda.Function(stack, 'Host', {
        role: agent,
        logGroup: logGroup(stack),
        tracing: lambda.Tracing.ACTIVE,
        runtime: lambda.Runtime.NODEJS_24_X,
        handler: 'index.handler',
        code: lambda.Code.fromInline('exports.handler = async () => {};'),
      }),
  },
  'ECS task': {
    agent: (stack) => withHost(stack, Hosts.ecsTask({ family: 'orders' })),
    host: (stack, agent) => {
      const task = new ecs.FargateTaskDefinition(stack, 'Host', { family: agent.hostName, taskRole: agent });
      task.addContainer('main', {
        image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/busybox:latest'),
        logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'orders', logGroup: logGroup(stack) }),
      });
    },
  },
  'EKS Pod Identity': {
    agent: (stack) =>
      withHost(
        stack,
        Hosts.eksPodIdentity({ cluster: cluster(stack), namespace: 'orders', serviceAccount: 'orders-agent' }),
      ),
    host: (stack, agent) =>
      void new eks.CfnPodIdentityAssociation(stack, 'Host', {
        clusterName: 'agents',
        namespace: 'orders',
        serviceAccount: agent.hostName,
        roleArn: agent.roleArn,
      }),
  },
};

export const HOST_NAMES = Object.keys(HOSTED);
