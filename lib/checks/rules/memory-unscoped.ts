import type { AppModel } from '../../access/app/app-model';
import type { AppStatement } from '../../access/app/app-statement';
import { arnParts } from '../../access/app/arn-parts';
import { displayText, literalOf, type PolicyText, textKey } from '../../policy/document/text';
import { isRequired } from '../judging/conditions/narrowing';
import { ActionSet } from '../judging/grants/allowed-actions';
import { broadOf } from '../judging/grants/broad-of';
import { fittingGrants } from '../judging/grants/fitting-grants';
import { exampleOf, rolesShown, type StatementGrant } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const MEMORY_DATA = new ActionSet(
  'bedrock-agentcore:*MemoryRecord*',
  'bedrock-agentcore:CreateEvent',
  'bedrock-agentcore:DeleteEvent',
  'bedrock-agentcore:GetEvent',
  'bedrock-agentcore:ListActors',
  'bedrock-agentcore:ListEvents',
  'bedrock-agentcore:ListMemoryExtractionJobs',
  'bedrock-agentcore:ListSessions',
  'bedrock-agentcore:StartMemoryExtractionJob',
);
const PARTITIONS =
  /^(bedrock-agentcore:(actorid|sessionid|namespace(path|variable\/.+)?|strategyid)|aws:resourcetag\/.+)$/i;

/** Memory not partitioned */
export const MEMORY_UNSCOPED: Rule = {
  name: 'memory-unscoped',
  group: 'DATA',
  severity: 'error',
  title: 'An agent role reaches memories beyond its own.',
  why: 'What one agent, or one user, told its memory another one reads, or writes: instructions planted in one conversation act in the next.',
  fix: 'Name the memory of the agent, and bind shared ones with bedrock-agentcore:namespace, actorId or sessionId. AgentAccessGrant takes both.',
  frameworks: [
    'OWASP ASI06',
    'OWASP NHI8',
    'CSA MAESTRO L2',
    'AWS AGENTSEC01-BP01',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 ID',
  ],
  *check(app): Iterable<Observation> {
    const grants = fittingGrants(app, app.agentRoles, MEMORY_DATA).filter(({ statement }) => !isPartitioned(statement));
    const owners = ownersOf(app, grants);
    for (const grant of grants) {
      const open = asksForAnything(grant.statement) ? grant.resources : broadOf(grant, isAnyName);
      const shared = grant.resources.filter((resource) => (owners.get(memoryKey(resource, app))?.size ?? 0) > 1);
      const resources = open.length > 0 ? open : shared;
      if (resources.length > 0) {
        const what =
          open.length > 0 ? 'use memories of others' : 'use a memory together with other agents, unpartitioned';
        yield {
          resource: grant.statement.holder,
          statements: [grant.statement],
          message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} ${what}: ${listed(grant.actions)} on ${shownResources(resources)}.`,
          example: exampleOf({ actions: grant.actions, resources }),
        };
      }
    }
  },
};

/** The agents that use each memory, by their tags, else by their roles; and the one that the memory’s own tag names. */
function ownersOf(app: AppModel, grants: readonly StatementGrant[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { roles, resources } of grants) {
    for (const resource of resources) {
      const key = memoryKey(resource, app);
      const owners = found.get(key) ?? new Set();
      for (const role of roles) {
        const names = role.resource.tag('AgentName');
        const declared = names.length > 0 ? (app.resourceOf(resource)?.tag('AgentName') ?? []) : [];
        for (const owner of [names[0] ?? role.resource.key, ...declared]) {
          owners.add(owner);
        }
      }
      found.set(key, owners);
    }
  }
  return found;
}

function memoryKey(resource: PolicyText, app: AppModel): string {
  return app.resourceOf(resource)?.key ?? textKey(resource);
}

/** `memory/*-??????????`: every name with the ten letters that all of them end in. */
function isAnyName(resource: PolicyText): boolean {
  return /^memory\/[*?-]*\*[*?-]*$/.test(displayText(arnParts(resource)?.tail ?? []));
}

function isPartitioned({ statement: { conditions } }: AppStatement): boolean {
  return conditions.some(
    (condition) =>
      PARTITIONS.test(condition.key) && isRequired(condition, conditions) && !condition.values.some(isAnyPartition),
  );
}

/** A partition that everything is in: `bedrock-agentcore:namespace` like `*`. */
function asksForAnything({ statement: { conditions } }: AppStatement): boolean {
  return conditions.some(({ key, values }) => PARTITIONS.test(key) && values.some(isAnyPartition));
}

function isAnyPartition(value: PolicyText): boolean {
  return /^[/*?]*\*[/*?]*$/.test(literalOf(value) ?? '');
}
