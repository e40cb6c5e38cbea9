import { Aspects, type CfnElement, CfnResource, type IAspect, Stack, Stage } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { AgentError } from '../synth/agent-error';
import type { Json } from '../synth/stage-index';
import { pathsIn, resolveKeepingReferences, tokenText } from '../synth/token-text';
import type { SealedAgent } from './sealed-agent';

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
  public static watch(agent: SealedAgent): void {
    const root = Stage.of(agent) ?? agent.node.root;
    let aspect = HostAspect.watching.get(root);
    if (!aspect) {
      aspect = new HostAspect();
      HostAspect.watching.set(root, aspect);
      Aspects.of(root).add(aspect);
    }
    aspect.agents.push(agent);
  }

  private readonly agents: SealedAgent[] = [];
  private byRole = new Map<string, SealedAgent>();
  private properties = new Map<string, string>();

  private constructor() {}

  public visit(node: IConstruct): void {
    if (this.byRole.size !== this.agents.length) {
      this.byRole = new Map(this.agents.map((agent) => [agent._role.node.path, agent]));
      this.properties = new Map(
        this.agents.map(({ _definition: { workload } }) => [workload.type, workload.roleProperty.join('.')]),
      );
    }
    const property = CfnResource.isCfnResource(node) ? this.properties.get(node.cfnResourceType) : undefined;
    if (!CfnResource.isCfnResource(node) || property === undefined) {
      return;
    }
    for (const path of rolesOf(node, property)) {
      const agent = this.byRole.get(path);
      if (agent?._definition.workload.type === node.cfnResourceType) {
        connect(node, agent);
      }
    }
  }
}

/** The construct paths of the resources that a host names as its role. */
function rolesOf(host: CfnResource, property: string): Set<string> {
  const { _cfnProperties: raw, rawOverrides: overrides } = host as unknown as RawResource;
  const typed = (host as unknown as Json)[property.charAt(0).toLowerCase() + property.slice(1)];
  const paths = [typed, raw?.[property], (overrides?.Properties as Json | undefined)?.[property]]
    .filter((value) => value !== undefined)
    .flatMap((value) => tokenText(value, host))
    .flatMap((part) => (typeof part === 'string' ? [] : pathsIn(part.atom)));
  return new Set(paths);
}

/** Where CDK keeps what a resource without a class of its own was given; none of it is needed for a typed one. */
interface RawResource {
  readonly _cfnProperties?: Json;
  readonly rawOverrides?: Json;
}

function connect(host: CfnResource, agent: SealedAgent): void {
  const stack = Stack.of(agent);
  const hostStack = Stack.of(host);
  const back = referencedStacks(agent).find((other) => waitsFor(other, hostStack, stack));
  if (back !== undefined) {
    throw new AgentError(
      'AgentHostStackCycle',
      `agent '${agent.agentName}' is in stack ${stack.node.path}, its host ${host.node.path} is in stack ` +
        `${hostStack.node.path}, and the agent's grants refer to stack ${back.node.path}: the stacks would wait for each ` +
        'other; put the agent into the stack of its host',
      agent,
    );
  }
  if (rootOf(hostStack) === rootOf(stack)) {
    for (const policy of agent._attachments.filled) {
      host.addResourceDependency(policy.resource);
    }
  }
}

/** Whether `other`, which the agent's grants need, can only be deployed together with the stack of the agent's host. */
function waitsFor(other: Stack, hostStack: Stack, agentStack: Stack): boolean {
  const host = rootOf(hostStack);
  if (host !== rootOf(agentStack)) {
    return rootOf(other) === host || rootOf(other).dependencies.includes(host);
  }
  // Inside one stack only a nested stack is deployed as a whole: the one that holds the host, and not the agent.
  const nested = ancestry(hostStack).find((candidate) => !ancestry(agentStack).includes(candidate));
  return nested !== undefined && ancestry(other).includes(nested);
}

function rootOf(stack: Stack): Stack {
  return ancestry(stack)[0] ?? stack;
}

/** A stack and those that it is nested in, the outermost first. */
function ancestry(stack: Stack): Stack[] {
  return stack.nestedStackParent ? [...ancestry(stack.nestedStackParent), stack] : [stack];
}

/** The other stacks that the agent's statements refer to. */
function referencedStacks(agent: SealedAgent): Stack[] {
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
