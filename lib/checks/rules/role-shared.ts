import { toolFunctions } from '../../access/app/app-agents';
import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import { arnParts } from '../../access/app/arn-parts';
import { WORKLOAD_TYPES } from '../../access/app/workload';
import { displayText, literalOf, type PolicyText, textKey } from '../../policy/document/text';
import { listed } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** What belongs to an agent and is none itself. Sandboxes with an agent's role are the business of sandbox-role. */
const PARTS_OF_AGENTS = new Set([
  'AWS::Bedrock::KnowledgeBase',
  'AWS::BedrockAgentCore::BrowserCustom',
  'AWS::BedrockAgentCore::CapacityProvider',
  'AWS::BedrockAgentCore::CodeInterpreterCustom',
  'AWS::BedrockAgentCore::ConsentPortal',
  'AWS::BedrockAgentCore::Memory',
  'AWS::BedrockAgentCore::OnlineEvaluationConfig',
  'AWS::BedrockAgentCore::PaymentManager',
]);

/** Something that acts with a role. */
interface Actor {
  readonly resource: AppResource;
  readonly label: string;
}

/** One role, one agent. */
export const ROLE_SHARED: Rule = {
  name: 'role-shared',
  group: 'ID',
  severity: 'error',
  title: 'Several agents, or an agent and something else, have one role.',
  why: 'Each has the access of all of them, no log tells them apart, and no policy can be narrowed or revoked for one alone.',
  fix: 'Make a role for each: one ScopedAgentRole an agent, and a role of its own for every tool, gateway, task and its execution role.',
  frameworks: [
    'OWASP NHI9',
    'OWASP ASI03',
    'OWASP ASI10',
    'CSA MAESTRO L7',
    'NIST SP 800-53 AC-6(4)',
    'AWS AGENTSEC03-BP01',
    'NIST CSF 2.0 PR.AA',
  ],
  *check(app): Iterable<Observation> {
    const tools = new Set(toolFunctions(app));
    const pullers = pullersByRole(app);
    for (const role of app.rolesOf('agent', 'agent-tool')) {
      const actors = [
        ...role.uses.map(({ resource, type }) => ({ resource, label: type.label })),
        ...(pullers.get(role.resource) ?? []),
      ];
      yield* sharedBy(actors, role.resource, role.resource.title);
    }
    for (const [first, ...others] of outsiders(app, tools)) {
      if (first !== undefined) {
        yield* sharedBy([first, ...others], first.resource, displayText(first.named));
      }
    }
  },
};

function* sharedBy(actors: readonly Actor[], resource: AppResource, role: string): Iterable<Observation> {
  const byActor = new Map<string, Actor>();
  for (const actor of actors) {
    if (!PARTS_OF_AGENTS.has(actor.resource.type)) {
      byActor.set(identityOf(actor), byActor.get(identityOf(actor)) ?? actor);
    }
  }
  // Variants of which a deployment makes one are no two agents.
  const together = [...byActor].filter(([, { resource: one }], index, all) =>
    all.some(([, { resource: other }], position) => position !== index && !one.isInsteadOf(other)),
  );
  if (together.length > 1) {
    const names = together.map(([, actor]) => `${actor.label} ${actor.resource.title}`);
    yield {
      resource,
      cause: together.map(([identity]) => identity).sort(),
      message: `The role ${role} is the role of ${listed(names)}.`,
      example: `${names[1]} uses what was granted to ${names[0]}`,
    };
  }
}

/** What tells one agent from another: pods with one service account, and revisions of one task, are the same. */
function identityOf({ resource, label }: Actor): string {
  const [first, second] =
    resource.type === 'AWS::EKS::PodIdentityAssociation'
      ? [resource.get('Namespace').literal, resource.get('ServiceAccount').literal]
      : [resource.type === 'AWS::ECS::TaskDefinition' ? resource.get('Family').literal : undefined, 'task'];
  return `${label === PULLS ? PULLS : resource.type} ${
    first === undefined || second === undefined ? resource.key : `${first}/${second}`
  }`;
}

const PULLS = 'the execution role of ECS task';

/** The tasks that pull their image with a role: whoever runs them has what the agent has before the agent starts. */
function pullersByRole(app: AppModel): Map<AppResource, Actor[]> {
  const found = new Map<AppResource, Actor[]>();
  for (const resource of app.ofType('AWS::ECS::TaskDefinition')) {
    for (const named of resource.get('ExecutionRoleArn').texts()) {
      const role = app.roleOf(named, resource)?.resource;
      if (role !== undefined) {
        const actors = found.get(role) ?? [];
        actors.push({ resource, label: PULLS });
        found.set(role, actors);
      }
    }
  }
  return found;
}

/** An actor with a role that is not part of the app. */
interface Outsider extends Actor {
  readonly named: PolicyText;
  /** The account in the role's ARN, where it is known. */
  readonly account: string | undefined;
}

/** The actors with one role that is not part of the app, where an agent or a tool is among them. */
function outsiders(app: AppModel, tools: ReadonlySet<AppResource>): Outsider[][] {
  const agents = new Set(app.agents.map(({ resource }) => resource));
  const byRole = new Map<string, Outsider[]>();
  for (const resource of app.resources) {
    for (const { label, roleProperty } of WORKLOAD_TYPES[resource.type] ?? []) {
      const value = resource.get(...roleProperty);
      for (const named of [...value.texts(), ...value.items().flatMap((item) => item.texts())]) {
        if (app.roleOf(named, resource) === undefined) {
          const parts = arnParts(named);
          const account = parts && (literalOf(parts.account) ?? resource.template.account);
          const key = textKey(parts?.tail ?? named);
          const actors = byRole.get(key) ?? [];
          actors.push({ resource, label, named, account });
          byRole.set(key, actors);
        }
      }
    }
  }
  return [...byRole.values()]
    .flatMap(byAccount)
    .filter((actors) => actors.some(({ resource }) => agents.has(resource) || tools.has(resource)));
}

/** Roles of one name are one role, but for those of accounts that differ for sure. */
function byAccount(actors: readonly Outsider[]): Outsider[][] {
  const accounts = [...new Set(actors.map(({ account }) => account))];
  return accounts.filter((account) => account !== undefined).length < 2
    ? [[...actors]]
    : accounts.map((account) => actors.filter((actor) => actor.account === account));
}
