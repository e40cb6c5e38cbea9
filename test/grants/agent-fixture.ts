import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as logs from 'aws-cdk-lib/aws-logs';
import { App, Stack, type StackProps } from 'aws-cdk-lib/core';
import { literalValue } from '../../lib/access/literal-template';
import { type RolePolicies, rolePolicies } from '../../lib/access/role-policies';
import { partitionOfRegion, type Template } from '../../lib/access/template';
import type { AccessRequest } from '../../lib/policy/evaluate/access-request';
import { evaluate } from '../../lib/policy/evaluate/evaluate';
import type { PolicyDecision } from '../../lib/policy/evaluate/policy-decision';
import { AgentHost } from '../../lib/roles/agent-host';
import { ScopedAgentRole } from '../../lib/roles/scoped-agent-role';

/** Where the agent lives, unless a test says otherwise. */
export const ACCOUNT = '111122223333';
export const REGION = 'us-east-1';
/** Somebody else's account. */
export const OTHER_ACCOUNT = '444455556666';

/** The trust policy of a role whose owner has opened it to the account. */
const TRUSTING = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    Action: 'sts:AssumeRole',
  },
};

const HOSTS = {
  agentCoreGateway: () => AgentHost.agentCoreGateway({ gatewayName: 'orders' }),
  agentCoreRuntime: (stack: Stack) =>
    AgentHost.agentCoreRuntime({
      runtimeName: 'orders',
      repository: ecr.Repository.fromRepositoryName(stack, 'Repository', 'orders'),
    }),
  bedrockAgent: () => AgentHost.bedrockAgent(),
  ecsTask: () => AgentHost.ecsTask(),
  lambdaFunction: (stack: Stack) =>
    AgentHost.lambdaFunction({ logGroup: logs.LogGroup.fromLogGroupName(stack, 'Log', '/aws/lambda/orders') }),
} as const;

/** What a test may change about the agent. */
export interface AgentOptions extends StackProps {
  /** An ECS task is the host that needs nothing of its own. */
  readonly host?: keyof typeof HOSTS;
}

/** An agent in a stack `Orders` of its own app, with no grants yet. */
export function newAgent(options: AgentOptions = {}): { readonly agent: ScopedAgentRole; readonly stack: Stack } {
  const { host = 'ecsTask', ...props } = options;
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Orders', { env: { account: ACCOUNT, region: REGION }, ...props });
  const agent = new ScopedAgentRole(stack, 'Agent', {
    agentName: 'orders-agent',
    owner: 'orders@example.com',
    host: HOSTS[host](stack),
  });
  return { agent, stack };
}

/** What an agent may do after synthesis. */
export class SynthesizedAgent {
  /** Lets `declare` add grants to a new agent, and synthesizes it. */
  public static with(
    declare: (agent: ScopedAgentRole, stack: Stack) => void,
    options: AgentOptions = {},
  ): SynthesizedAgent {
    const { agent, stack } = newAgent(options);
    declare(agent, stack);
    return SynthesizedAgent.of(agent);
  }

  public static of(agent: ScopedAgentRole): SynthesizedAgent {
    const stack = Stack.of(agent);
    const assembly = (agent.node.root as App).synth();
    const { template, messages } = assembly.getStackByName(stack.stackName);
    const notes = messages.filter(({ level }) => level === 'info').map(({ entry }) => String(entry.data));
    return new SynthesizedAgent(template, String(stack.resolve(agent._role.ref).Ref), notes, agent);
  }

  /** The role's policies, as they stand in the template. */
  public readonly policies: RolePolicies;
  private readonly literal: RolePolicies;

  private constructor(
    public readonly template: Template,
    logicalId: string,
    /** The info annotations of the stack. */
    public readonly notes: readonly string[],
    private readonly agent: ScopedAgentRole,
  ) {
    const { env } = agent;
    const region = /^\$\{Token/.test(env.region) ? REGION : env.region;
    this.policies = rolePolicies(template, logicalId);
    this.literal = literalValue(this.policies, template, {
      account: ACCOUNT,
      region,
      partition: partitionOfRegion(region),
    }) as RolePolicies;
  }

  /** The role's own statements, with every name made literal. */
  public get statements(): Record<string, unknown>[] {
    return statementsIn(this.literal);
  }

  /** The role's own statements, as they stand in the template. */
  public get rendered(): Record<string, unknown>[] {
    return statementsIn(this.policies);
  }

  /** A grant as it stands in the contract. */
  public contractOf(grantId: string): Record<string, unknown> {
    const metadata = this.agent.node.metadata.find(({ type }) => type === 'least-agency:agent');
    const grant = metadata?.data.grants.find(({ id }: { id: string }) => id === grantId);
    expect(grant).toBeDefined();
    return grant;
  }

  /** What IAM decides about a request of the role, under its policies and its boundary. */
  public decides(action: string, resource: string, context: AccessRequest['context'] = {}): PolicyDecision {
    const { identity, boundary } = this.literal;
    return evaluate(
      {
        identity: identity.map(({ document }) => document),
        boundary: (boundary as { document: unknown }).document,
        ...(action === 'sts:AssumeRole' ? { resource: TRUSTING } : {}),
      },
      {
        action,
        ...(resource === '*' ? {} : { resource }),
        principal: `arn:${partitionOfRegion(this.agent.env.region)}:iam::${ACCOUNT}:role/orders-agent`,
        // A resource of another account counts as opened by its owner: what stops a request is the role.
        resourceAccount: ACCOUNT,
        context,
      },
    );
  }

  public allows(action: string, resource: string, context: AccessRequest['context'] = {}): boolean {
    return this.decides(action, resource, context).decision === 'Allowed';
  }
}

function statementsIn({ identity }: RolePolicies): Record<string, unknown>[] {
  return identity.flatMap(({ document }) => (document as { Statement: Record<string, unknown>[] }).Statement);
}
