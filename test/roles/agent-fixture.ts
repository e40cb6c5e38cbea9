import { App, Stack, type StackProps } from 'aws-cdk-lib/core';
import { AgentAccessGrant, AgentHost, ScopedAgentRole, type ScopedAgentRoleProps } from 'cdk-least-agency';
import type { Construct } from 'constructs';

export const ENV = { account: '111122223333', region: 'us-east-1' };
export const TABLE_ARN = `arn:aws:dynamodb:${ENV.region}:${ENV.account}:table/orders`;
export const ROLE_NAME = 'orders-agent-role';

/** An app with nothing in it that differs from run to run. */
export function newApp(context: Record<string, unknown> = {}): App {
  return new App({ analyticsReporting: false, context });
}

/** A stack in a known account and region, unless told otherwise. */
export function newStack(scope: Construct = newApp(), id = 'Orders', props: StackProps = { env: ENV }): Stack {
  return new Stack(scope, id, props);
}

/** An agent whose host needs nothing of its own, and which no resource of the app uses yet. */
export function newAgent(scope: Construct, id = 'Agent', props: Partial<ScopedAgentRoleProps> = {}): ScopedAgentRole {
  return new ScopedAgentRole(scope, id, {
    agentName: 'orders-agent',
    owner: 'orders@example.com',
    host: AgentHost.ecsTask(),
    ...props,
  });
}

/** Gives the agent what the tests take for granted: reading one table. */
export function grantTable(agent: ScopedAgentRole): AgentAccessGrant {
  return new AgentAccessGrant(agent, 'Orders', { actions: ['dynamodb:GetItem'], resources: [TABLE_ARN] });
}

/** What synth says when it fails; empty when it passes. */
export function synthError(app: App): string {
  try {
    app.synth();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What synth says about a stack with an agent that reads one table, after something was done to it. */
export function judged(
  change: (stack: Stack, agent: ScopedAgentRole) => void,
  props: Partial<ScopedAgentRoleProps> = {},
  context: Record<string, unknown> = {},
): string {
  const app = newApp(context);
  const stack = newStack(app);
  const agent = newAgent(stack, 'Agent', props);
  grantTable(agent);
  change(stack, agent);
  return synthError(app);
}

/** The rendered properties of the only resource of a type, or of the one at a path. */
export function resourcesOf(stack: Stack, type: string): Record<string, Record<string, unknown>> {
  const app = stack.node.root as App;
  const template = app.synth().getStackByName(stack.stackName).template as { Resources: Record<string, Resource> };
  return Object.fromEntries(
    Object.entries(template.Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, resource]) => [id, resource.Properties ?? {}]),
  );
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
}
