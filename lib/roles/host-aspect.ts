import { Aspects, CfnElement, CfnResource, type IAspect, Stack, Stage } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { AgentError } from '../synth/agent-error';
import { resolveKeepingReferences, tokenText } from '../synth/token-text';
import type { ScopedAgentRole } from './scoped-agent-role';

/**
 * Looks after the host resources of a Stage's agents before CDK prepares the app.
 *
 * A host waits for all policies of its agent: CDK's own hosts do, a raw resource would start before it has access.
 * And an agent whose host lives in another stack that the agent's grants point back to gets our error, not CDK's
 * report of a dependency cycle.
 */
export class HostAspect implements IAspect {
  private static readonly watching = new WeakMap<IConstruct, HostAspect>();

  /** Watches the Stage that the agent is in. */
  public static watch(agent: ScopedAgentRole): void {
    const root = Stage.of(agent) ?? agent.node.root;
    let aspect = HostAspect.watching.get(root);
    if (!aspect) {
      aspect = new HostAspect();
      HostAspect.watching.set(root, aspect);
      Aspects.of(root).add(aspect);
    }
    aspect.agents.push(agent);
  }

  private readonly agents: ScopedAgentRole[] = [];

  private constructor() {}

  public visit(node: IConstruct): void {
    if (!CfnResource.isCfnResource(node)) {
      return;
    }
    for (const agent of this.agents) {
      const { type, roleProperty } = agent._definition.workload;
      if (node.cfnResourceType === type && usesRole(node, roleProperty, agent)) {
        connect(node, agent);
      }
    }
  }
}

function usesRole(host: CfnResource, roleProperty: readonly string[], agent: ScopedAgentRole): boolean {
  const property = roleProperty[0] ?? '';
  const value = (host as unknown as Record<string, unknown>)[property.charAt(0).toLowerCase() + property.slice(1)];
  if (value === undefined) {
    return false;
  }
  const role = `{${agent._role.node.path}}.`;
  return tokenText(value, host).some((part) => typeof part !== 'string' && part.atom.startsWith(role));
}

function connect(host: CfnResource, agent: ScopedAgentRole): void {
  const stack = Stack.of(agent);
  const hostStack = Stack.of(host);
  if (hostStack === stack) {
    for (const policy of agent._attachments.filled) {
      host.addResourceDependency(policy.resource);
    }
    return;
  }
  const back = referencedStacks(agent).find((other) => other === hostStack || other.dependencies.includes(hostStack));
  if (back !== undefined) {
    throw new AgentError(
      'AgentHostStackCycle',
      `agent '${agent.agentName}' is in stack ${stack.node.path}, its host ${host.node.path} is in stack ` +
        `${hostStack.node.path}, and the agent's grants refer to stack ${back.node.path}: the stacks would wait for each ` +
        'other; put the agent into the stack of its host',
      agent,
    );
  }
}

/** The other stacks that the agent's statements refer to. */
function referencedStacks(agent: ScopedAgentRole): Stack[] {
  const stacks = new Set<Stack>();
  for (const { json } of agent._workingSet.statements) {
    resolveKeepingReferences(json, agent, (target: CfnElement) => {
      stacks.add(Stack.of(target));
      return [];
    });
  }
  stacks.delete(Stack.of(agent));
  return [...stacks];
}
