import type { AppStatement } from '../../access/app/app-statement';
import { literalOf } from '../../policy/document/text';
import { ActionSet } from '../judging/allowed-actions';
import { broadOf } from '../judging/broad-of';
import { fittingGrants } from '../judging/fitting-grants';
import { isRequired } from '../judging/narrowing';
import { listed, shownResources, whereIs } from '../judging/shown';
import { exampleOf, rolesShown } from '../judging/statement-grants';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const MEMORY_DATA = new ActionSet(
  'bedrock-agentcore:*MemoryRecord*',
  'bedrock-agentcore:CreateEvent',
  'bedrock-agentcore:DeleteEvent',
  'bedrock-agentcore:GetEvent',
  'bedrock-agentcore:ListActors',
  'bedrock-agentcore:ListEvents',
  'bedrock-agentcore:ListSessions',
);
const PARTITIONS = /^(bedrock-agentcore:(actorid|sessionid|namespace|strategyid)|aws:resourcetag\/.+)$/i;

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
    for (const grant of fittingGrants(app, app.agentRoles, MEMORY_DATA)) {
      const resources = isPartitioned(grant.statement) ? [] : broadOf(grant);
      const open = resources.length === 0 && asksForAnything(grant.statement) ? grant.resources : resources;
      if (open.length > 0) {
        yield {
          resource: grant.statement.holder,
          statements: [grant.statement],
          message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} use memories of others: ${listed(grant.actions)} on ${shownResources(open)}.`,
          example: exampleOf({ actions: grant.actions, resources: open }),
        };
      }
    }
  },
};

function isPartitioned({ statement: { conditions } }: AppStatement): boolean {
  return conditions.some((condition) => PARTITIONS.test(condition.key) && isRequired(condition, conditions));
}

/** A partition that everything is in: `bedrock-agentcore:namespace` like `*`. */
function asksForAnything({ statement: { conditions } }: AppStatement): boolean {
  return conditions.some(
    ({ key, values }) => PARTITIONS.test(key) && values.some((value) => /^\/?\*+$/.test(literalOf(value) ?? '')),
  );
}
