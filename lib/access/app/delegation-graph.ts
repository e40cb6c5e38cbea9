import { type Atom, displayText, literalOf, type PolicyText, text } from '../../policy/document/text';
import { compileGlob, globTokens, matchesGlob } from '../../policy/match/glob';
import type { AppAgent } from './app-agent';
import { functionOf, targetsOf } from './app-agents';
import type { AppModel } from './app-model';
import type { AppResource } from './app-resource';
import type { AppRole } from './app-role';
import type { AppStatement } from './app-statement';
import { arnParts } from './arn-parts';
import { stronglyConnected } from './strongly-connected';

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
  public readonly edges: readonly DelegationEdge[];
  private readonly byResource = new Map<AppResource, DelegationNode>();
  private readonly byRole = new Map<AppRole, DelegationNode[]>();
  private readonly byType = new Map<string, DelegationNode[]>();

  /** @param grantsOf What a role may do of `DELEGATING_ACTIONS`. */
  public constructor(
    private readonly app: AppModel,
    grantsOf: (role: AppRole) => readonly DelegatingGrant[],
  ) {
    this.nodes = nodesOf(app);
    for (const node of this.nodes) {
      this.byResource.set(node.resource, node);
      this.byType.set(node.resource.type, [...(this.byType.get(node.resource.type) ?? []), node]);
      for (const role of node.roles) {
        this.byRole.set(role, [...(this.byRole.get(role) ?? []), node]);
      }
    }
    const edges: DelegationEdge[] = [];
    for (const [role, nodes] of this.byRole) {
      for (const target of grantsOf(role).flatMap((grant) => this.targets(role, grant))) {
        edges.push(...nodes.map((from) => ({ from, ...target })));
      }
    }
    for (const node of this.nodes) {
      edges.push(...this.collaborators(node));
    }
    this.edges = edges;
  }

  /** The edges that begin at an agent. */
  public from(node: DelegationNode): DelegationEdge[] {
    return this.edges.filter(({ from }) => from === node);
  }

  /**
   * The circles: groups of agents of which each can come back to itself through the others. An agent that names itself
   * is a circle too, unless it shares its role: then the name may be meant for another one.
   */
  public cycles(): DelegationNode[][] {
    const next = new Map<DelegationNode, DelegationNode[]>();
    const selves = new Set<DelegationNode>();
    for (const { from, to, exact, statement } of this.edges) {
      if (from !== to) {
        next.set(from, [...(next.get(from) ?? []), to]);
      } else if (
        exact &&
        (statement === undefined || from.roles.every((role) => this.byRole.get(role)?.length === 1))
      ) {
        selves.add(from);
      }
    }
    return stronglyConnected(this.nodes, (node) => next.get(node) ?? []).filter(
      ([first, ...others]) => others.length > 0 || (first !== undefined && selves.has(first)),
    );
  }

  private targets(role: AppRole, { statement, actions, resources }: DelegatingGrant): Omit<DelegationEdge, 'from'>[] {
    const found = new Map<DelegationNode, Omit<DelegationEdge, 'from'>>();
    for (const via of actions) {
      for (const resource of resources) {
        const called = via === ASSUME ? this.assumed(resource, statement, role) : this.called(resource, statement, via);
        for (const { to, exact } of called) {
          if (found.get(to)?.exact !== true) {
            found.set(to, { to, via, exact, statement });
          }
        }
      }
    }
    return [...found.values()];
  }

  private called(resource: PolicyText, { holder }: AppStatement, action: string): Target[] {
    const types = CALLED[action] ?? [];
    const named = this.named(resource, holder);
    if (named) {
      return types.includes(named.resource.type) ? [{ to: named, exact: true }] : [];
    }
    return types
      .flatMap((type) => this.byType.get(type) ?? [])
      .flatMap((to): Target[] => {
        const how = this.takesIn(resource, to.resource);
        return how === undefined ? [] : [{ to, exact: how === 'named' }];
      });
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
  private collaborators(node: DelegationNode): DelegationEdge[] {
    const { resource } = node;
    const named = (holder: AppResource, via: string, texts: readonly PolicyText[]): DelegationEdge[] =>
      texts.flatMap((name) => this.named(name, holder) ?? []).map((to) => ({ from: node, to, via, exact: true }));
    switch (resource.type) {
      case 'AWS::Bedrock::Agent': {
        const items = resource.get('AgentCollaborators').items();
        const aliases = items.flatMap((item) => item.get('AgentDescriptor', 'AliasArn').texts());
        return named(resource, 'AgentCollaborators', aliases);
      }
      case 'AWS::Bedrock::Flow':
        return named(
          resource,
          'a node of the flow',
          [...resource.get('Definition').everyText()].map((found) => found.text),
        );
      case 'AWS::BedrockAgentCore::Gateway':
        return targetsOf(resource, this.app).flatMap((target) => {
          const texts = [...target.get('TargetConfiguration').everyText()].map((found) => found.text);
          return named(target, 'a gateway target', texts);
        });
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

  private owner(part: Atom, from: AppResource): DelegationNode | undefined {
    const resource = this.app.placeOf(text(part), from)?.resource;
    if (resource === undefined) {
      return undefined;
    }
    const property = OWNERS[resource.type];
    const [owner] = property === undefined ? [] : resource.get(property).texts();
    const named = owner && this.app.placeOf(owner, resource)?.resource;
    return this.byResource.get(named ?? functionOf(text(part), this.app, from) ?? resource);
  }

  /** Whether a pattern without values of the app takes in an agent, or is written with the agent's name. */
  private takesIn(pattern: PolicyText, agent: AppResource): 'named' | 'pattern' | undefined {
    const form = TAILS[agent.type];
    if (/^\*+$/.test(literalOf(pattern) ?? '')) {
      return 'pattern';
    }
    if (form === undefined) {
      return isPattern(pattern) && this.app.covers(pattern, agent) ? 'pattern' : undefined;
    }
    const parts = arnParts(pattern);
    const tail = literalOf(parts?.tail ?? text('*'));
    if (
      parts === undefined ||
      tail === undefined ||
      !mayBeIn(parts.account, agent) ||
      !fits(parts.service, form.service)
    ) {
      return undefined;
    }
    const names = form.nameProperty === undefined ? [] : agent.get(form.nameProperty).literals();
    const ids = names.length === 0 ? [SOME_ID] : names.map((name) => `${name}-${SOME_ID}`);
    // An id that is written out ends in ten letters that nobody knows before the deployment.
    const written = tail.replace(/-[A-Za-z0-9]{10}(?=\/|$)/, `-${SOME_ID}`);
    const samples = ids.flatMap((id) => form.tails(id));
    if (names.length > 0 && samples.some((sample) => sample.toLowerCase() === written.toLowerCase())) {
      return 'named';
    }
    return samples.some((sample) => fits(text(tail), sample)) ? 'pattern' : undefined;
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
