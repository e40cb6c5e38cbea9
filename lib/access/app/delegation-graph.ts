import { type Atom, displayText, literalOf, type PolicyText, text, textKey } from '../../policy/document/text';
import { compileGlob, globTokens, matchesGlob } from '../../policy/match/glob';
import type { AppAgent } from './app-agent';
import { functionOf, targetsOf } from './app-agents';
import type { AppModel } from './app-model';
import type { AppResource } from './app-resource';
import type { AppRole } from './app-role';
import type { AppStatement } from './app-statement';
import { arnParts } from './arn-parts';
import { stronglyConnected } from './strongly-connected';
import type { Value } from './value';

/** An agent that others may call; or the role of an agent, where the app has nothing that runs with it. */
export interface DelegationNode {
  readonly resource: AppResource;
  readonly agent?: AppAgent;
  readonly roles: readonly AppRole[];
}

/** One way in which an agent hands work to another. */
export interface DelegationEdge {
  readonly from: DelegationNode;
  readonly to: DelegationNode;
  /** The action that allows it, or `AgentCollaborators`, `a node of the flow`, `a gateway target`. */
  readonly via: string;
  /** Whether the target is named, and not taken in by a wildcard. */
  readonly exact: boolean;
  /** Absent where a property of the agent names the other. */
  readonly statement?: AppStatement;
}

/** What one statement allows a role to do, its denies taken off. */
export interface DelegatingGrant {
  readonly statement: AppStatement;
  readonly actions: readonly string[];
  readonly resources: readonly PolicyText[];
}

const RUNTIME = 'AWS::BedrockAgentCore::Runtime';

/** The types of agents that each action calls. */
const CALLED: Readonly<Record<string, readonly string[]>> = {
  'bedrock:InvokeAgent': ['AWS::Bedrock::Agent'],
  'bedrock:InvokeFlow': ['AWS::Bedrock::Flow'],
  'bedrock:StartFlowExecution': ['AWS::Bedrock::Flow'],
  'bedrock-agentcore:InvokeAgentRuntime': [RUNTIME],
  'bedrock-agentcore:InvokeAgentRuntimeCommand': [RUNTIME],
  'bedrock-agentcore:InvokeAgentRuntimeCommandShell': [RUNTIME],
  'bedrock-agentcore:InvokeAgentRuntimeForUser': [RUNTIME],
  'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStream': [RUNTIME],
  'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStreamForUser': [RUNTIME],
  'bedrock-agentcore:InvokeGateway': ['AWS::BedrockAgentCore::Gateway'],
  'bedrock-agentcore:InvokeHarness': ['AWS::BedrockAgentCore::Harness'],
  'lambda:InvokeFunction': ['AWS::Lambda::Function', 'AWS::Serverless::Function'],
};
const ASSUME = 'sts:AssumeRole';

/** The actions by which one agent hands work to another. */
export const DELEGATING_ACTIONS: readonly string[] = [...Object.keys(CALLED), ASSUME];

const ACTING: ReadonlySet<string> = new Set([
  ...Object.values(CALLED).flat(),
  'AWS::ECS::TaskDefinition',
  'AWS::EKS::PodIdentityAssociation',
  'AWS::StepFunctions::StateMachine',
]);

/** What belongs to an agent, and the property that names the agent. */
const OWNERS: Readonly<Record<string, string>> = {
  'AWS::Bedrock::AgentAlias': 'AgentId',
  'AWS::Bedrock::FlowAlias': 'FlowArn',
  'AWS::Bedrock::FlowVersion': 'FlowArn',
  'AWS::BedrockAgentCore::RuntimeEndpoint': 'AgentRuntimeId',
  'AWS::BedrockAgentCore::HarnessEndpoint': 'HarnessId',
};

/** How the ARNs of agents with generated ids end; ids have ten letters or digits, behind a name where there is one. */
const TAILS: Readonly<Record<string, { service: string; nameProperty?: string; tails(id: string): string[] }>> = {
  'AWS::Bedrock::Agent': { service: 'bedrock', tails: (id) => [`agent-alias/${id}/${SOME_ID}`] },
  'AWS::Bedrock::Flow': { service: 'bedrock', tails: (id) => [`flow/${id}/alias/${SOME_ID}`, `flow/${id}`] },
  'AWS::BedrockAgentCore::Gateway': {
    service: 'bedrock-agentcore',
    nameProperty: 'Name',
    tails: (id) => [`gateway/${id.toLowerCase()}`],
  },
  'AWS::BedrockAgentCore::Harness': {
    service: 'bedrock-agentcore',
    nameProperty: 'HarnessName',
    tails: (id) => [`harness/${id}`, `harness/${id}/harness-endpoint/DEFAULT`],
  },
  [RUNTIME]: {
    service: 'bedrock-agentcore',
    nameProperty: 'AgentRuntimeName',
    tails: (id) => [`runtime/${id}`, `runtime/${id}/runtime-endpoint/DEFAULT`],
  },
};
const SOME_ID = 'A1b2C3d4E5';

/** Which agents of an app hand work to which others. */
export class DelegationGraph {
  public readonly nodes: readonly DelegationNode[];
  private readonly bundles = new Map<DelegationNode, Bundle[]>();
  private readonly byResource = new Map<AppResource, DelegationNode>();
  private readonly byRole = new Map<AppRole, DelegationNode[]>();
  private readonly byType = new Map<string, DelegationNode[]>();
  private readonly samples = new Map<string, Sample[]>();
  private readonly byTail = new Map<string, DelegationNode[]>();
  private readonly known = new Map<string, readonly Target[]>();
  private readonly endpoints: ReadonlyMap<string, AppResource>;

  /** @param grantsOf What a role may do of `DELEGATING_ACTIONS`. */
  public constructor(
    private readonly app: AppModel,
    grantsOf: (role: AppRole) => readonly DelegatingGrant[],
  ) {
    this.nodes = nodesOf(app);
    this.endpoints = new Map(app.ofType(...Object.keys(OWNERS)).map((resource) => [resource.key, resource]));
    for (const node of this.nodes) {
      const { type } = node.resource;
      this.byResource.set(node.resource, node);
      add(this.byType, type, node);
      for (const role of node.roles) {
        add(this.byRole, role, node);
      }
      for (const { tail, isNamed } of tailsOf(node.resource)) {
        add(this.samples, type, { tail, node });
        if (isNamed) {
          add(this.byTail, `${type} ${tail.toLowerCase()}`, node);
        }
      }
    }
    for (const [role, nodes] of this.byRole) {
      for (const bundle of grantsOf(role).flatMap((grant) => this.bundlesOf(role, grant))) {
        for (const node of nodes) {
          add(this.bundles, node, bundle);
        }
      }
    }
    for (const node of this.nodes) {
      for (const bundle of this.properties(node)) {
        add(this.bundles, node, bundle);
      }
    }
  }

  /** Every edge, agent by agent. */
  public get edges(): DelegationEdge[] {
    return this.nodes.flatMap((node) => this.from(node));
  }

  /** The edges that begin at an agent, one for each other agent and statement. */
  public from(node: DelegationNode): DelegationEdge[] {
    const found = new Map<Bundle['statement'], Map<DelegationNode, DelegationEdge>>();
    for (const { via, statement, targets } of this.bundles.get(node) ?? []) {
      const edges = found.get(statement) ?? new Map<DelegationNode, DelegationEdge>();
      found.set(statement, edges);
      for (const { to, exact } of targets) {
        if (edges.get(to)?.exact !== true) {
          edges.set(to, { from: node, to, via, exact, ...(statement === undefined ? {} : { statement }) });
        }
      }
    }
    return [...found.values()].flatMap((edges) => [...edges.values()]);
  }

  /** The agents that run with a role. */
  public nodesWith(role: AppRole): readonly DelegationNode[] {
    return this.byRole.get(role) ?? [];
  }

  /**
   * The circles: groups of agents of which each can come back to itself through the others. An agent that names itself
   * is a circle too, unless it shares its role: then the name may be meant for another one.
   */
  public cycles(): DelegationNode[][] {
    const next = (node: DelegationNode): DelegationNode[] =>
      (this.bundles.get(node) ?? []).flatMap(({ targets }) => targets.map(({ to }) => to));
    const namesItself = (node: DelegationNode): boolean =>
      (this.bundles.get(node) ?? []).some(
        ({ targets, statement }) =>
          targets.some(({ to, exact }) => to === node && exact) &&
          (statement === undefined || node.roles.every((role) => this.nodesWith(role).length === 1)),
      );
    return stronglyConnected(this.nodes, next).filter(
      ([first, ...others]) => others.length > 0 || (first !== undefined && namesItself(first)),
    );
  }

  private bundlesOf(role: AppRole, { statement, actions, resources }: DelegatingGrant): Bundle[] {
    const bundles: Bundle[] = [];
    // Several actions call the same type of agent; one of them says it.
    const seen = new Set<string>();
    for (const via of actions) {
      const types = CALLED[via] ?? [];
      if (seen.has(types.join())) {
        continue;
      }
      seen.add(types.join());
      for (const resource of resources) {
        const targets =
          via === ASSUME ? this.assumed(resource, statement, role) : this.called(resource, statement, types);
        if (targets.length > 0) {
          bundles.push({ via, statement, targets });
        }
      }
    }
    return bundles;
  }

  private called(resource: PolicyText, { holder }: AppStatement, types: readonly string[]): readonly Target[] {
    const named = this.named(resource, holder);
    if (named) {
      return types.includes(named.resource.type) ? [{ to: named, exact: true }] : [];
    }
    const key = `${types.join()} ${textKey(resource)}`;
    const known = this.known.get(key);
    const targets = known ?? types.flatMap((type) => this.calledByPattern(resource, type));
    this.known.set(key, targets);
    return targets;
  }

  /** The agents of a type that a text takes in by wildcards, or by a name and an id that are written out. */
  private calledByPattern(resource: PolicyText, type: string): Target[] {
    const nodes = this.byType.get(type) ?? [];
    const form = TAILS[type];
    if (/^\*+$/.test(literalOf(resource) ?? '')) {
      return nodes.map((to) => ({ to, exact: false }));
    }
    if (form === undefined) {
      return !isPattern(resource)
        ? []
        : nodes.filter((to) => this.app.covers(resource, to.resource)).map((to) => ({ to, exact: false }));
    }
    const parts = arnParts(resource);
    const tail = literalOf(parts?.tail ?? text('*'));
    if (parts === undefined || tail === undefined || !fits(parts.service, form.service)) {
      return [];
    }
    // An id that is written out ends in ten letters that nobody knows before the deployment.
    const written = tail.replace(/-[A-Za-z0-9]{10}(?=\/|$)/, `-${SOME_ID}`);
    const isHere = (to: DelegationNode): boolean => mayBeIn(parts.account, to.resource);
    if (!/[*?]/.test(written)) {
      const found = this.byTail.get(`${type} ${written.toLowerCase()}`) ?? [];
      return found.filter(isHere).map((to) => ({ to, exact: true }));
    }
    const glob = compileGlob(globTokens(text(written)));
    const taken = (this.samples.get(type) ?? []).filter((sample) => matchesGlob(glob, sample.tail));
    const exact = written.includes(`-${SOME_ID}`);
    return [...new Set(taken.map(({ node }) => node))].filter(isHere).map((to) => ({ to, exact }));
  }

  /** The agents whose role a resource is. By a wildcard, only those whose trust lets the caller in. */
  private assumed(resource: PolicyText, { holder }: AppStatement, caller: AppRole): Target[] {
    const named = this.app.roleOf(resource, holder);
    if (named) {
      return (this.byRole.get(named) ?? []).map((to) => ({ to, exact: true }));
    }
    if (!isPattern(resource)) {
      return [];
    }
    return [...this.byRole]
      .filter(([role]) => this.app.covers(resource, role.resource) && this.trusts(role, caller))
      .flatMap(([, nodes]) => nodes.map((to) => ({ to, exact: false })));
  }

  private trusts({ resource, trust }: AppRole, caller: AppRole): boolean {
    return trust.some(({ statement: { effect, principal } }) => {
      if (effect !== 'Allow' || principal === undefined || principal.negated) {
        return false;
      }
      return principal.entries.some(
        ({ type, id }) =>
          type === 'AWS' &&
          (this.app.roleOf(id, resource) === caller || /^\*$|:root$|^\d{12}$|^<AWS::AccountId>$/.test(displayText(id))),
      );
    });
  }

  /** What a Bedrock agent names as collaborators, a flow as nodes and a gateway as targets. */
  private properties({ resource }: DelegationNode): Bundle[] {
    const named = (holder: AppResource, via: string, texts: readonly PolicyText[]): Bundle => ({
      via,
      targets: texts.flatMap((name) => this.named(name, holder) ?? []).map((to) => ({ to, exact: true })),
    });
    const textsIn = (value: Value): PolicyText[] => value.everyText().map((found) => found.text);
    switch (resource.type) {
      case 'AWS::Bedrock::Agent': {
        const items = resource.get('AgentCollaborators').items();
        const aliases = items.flatMap((item) => item.get('AgentDescriptor', 'AliasArn').texts());
        return [named(resource, 'AgentCollaborators', aliases)];
      }
      case 'AWS::Bedrock::Flow':
        return [named(resource, 'a node of the flow', textsIn(resource.get('Definition')))];
      case 'AWS::BedrockAgentCore::Gateway':
        return targetsOf(resource, this.app).map((target) =>
          named(target, 'a gateway target', textsIn(target.get('TargetConfiguration'))),
        );
      default:
        return [];
    }
  }

  /** The agent that a text names by one of its values, or a value of its alias or endpoint. */
  private named(resource: PolicyText, from: AppResource): DelegationNode | undefined {
    for (const part of resource) {
      const owner = typeof part === 'string' ? undefined : this.owner(part, from);
      if (owner) {
        return owner;
      }
    }
    const called = functionOf(resource, this.app, from);
    return called && this.byResource.get(called);
  }

  /** The endpoint or alias of which an atom is some attribute, such as the ARN of its runtime. */
  private endpointOf({ atom }: Atom): AppResource | undefined {
    const key = /^\{.+\}(?=\.)/.exec(atom)?.[0];
    return key === undefined ? undefined : this.endpoints.get(key);
  }

  private owner(part: Atom, from: AppResource): DelegationNode | undefined {
    const resource = this.app.placeOf(text(part), from)?.resource ?? this.endpointOf(part);
    if (resource === undefined) {
      return undefined;
    }
    const property = OWNERS[resource.type];
    const [owner] = property === undefined ? [] : resource.get(property).texts();
    const named = owner && this.app.placeOf(owner, resource)?.resource;
    return this.byResource.get(named ?? functionOf(text(part), this.app, from) ?? resource);
  }
}

/** Other agents that one statement, or property, lets an agent call. Agents with the same right share the targets. */
interface Bundle {
  readonly via: string;
  readonly statement?: AppStatement;
  readonly targets: readonly Target[];
}

/** One way to write the end of an agent's ARN, with some id. */
interface Sample {
  readonly tail: string;
  readonly node: DelegationNode;
}

function tailsOf(agent: AppResource): { tail: string; isNamed: boolean }[] {
  const form = TAILS[agent.type];
  if (form === undefined) {
    return [];
  }
  const names = form.nameProperty === undefined ? [] : agent.get(form.nameProperty).literals();
  const ids = names.length === 0 ? [SOME_ID] : names.map((name) => `${name}-${SOME_ID}`);
  return ids.flatMap((id) => form.tails(id)).map((tail) => ({ tail, isNamed: names.length > 0 }));
}

function add<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items === undefined) {
    map.set(key, [item]);
  } else {
    items.push(item);
  }
}

interface Target {
  readonly to: DelegationNode;
  readonly exact: boolean;
}

function nodesOf(app: AppModel): DelegationNode[] {
  const agents = app.agents
    .filter(({ resource }) => ACTING.has(resource.type))
    .map((agent): DelegationNode => ({ resource: agent.resource, agent, roles: agent.roles }));
  const taken = new Set(agents.flatMap(({ roles }) => roles));
  const alone = app.agentRoles
    .filter((role) => !taken.has(role) && role.uses.every(({ type }) => !type.agent))
    .map((role): DelegationNode => ({ resource: role.resource, roles: [role] }));
  return [...agents, ...alone];
}

function isPattern(resource: PolicyText): boolean {
  return resource.some((part) => typeof part === 'string' && /[*?]/.test(part));
}

function mayBeIn(account: PolicyText, { template }: AppResource): boolean {
  const known = literalOf(account);
  return known === undefined || known === '' || template.account === undefined || fits(account, template.account);
}

function fits(pattern: PolicyText, value: string): boolean {
  return matchesGlob(compileGlob(globTokens(pattern)), value);
}
