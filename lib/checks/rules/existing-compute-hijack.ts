import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import type { AppRole } from '../../access/app/app-role';
import { arnParts } from '../../access/app/arn-parts';
import { literalOf, type PolicyText } from '../../policy/document/text';
import type { ServiceAction } from '../../policy/reference/service-reference';
import { EXISTING_COMPUTE } from '../action-sets/existing-compute';
import { judgedGrants } from '../judging/grants/judged-grants';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** An agent that can run code of its choice on what is there already. */
export const EXISTING_COMPUTE_HIJACK: Rule = {
  name: 'existing-compute-hijack',
  group: 'ESC',
  severity: 'error',
  title: 'An agent can run code of its choice on compute that is there already, with the role of that.',
  why: 'New code of a function, a command on a machine or a build with another script runs with the role of that function, machine or build. The agent needs no iam:PassRole for it, and the name of one exact resource is enough.',
  fix: 'Give the action that uses the resource as it is: AgentFunctionGrant to invoke a function, states:StartExecution to start a workflow, an AWS Systems Manager Automation runbook that a person approved. Code belongs to the deployment.',
  frameworks: ['OWASP ASI05', 'CSA MAESTRO L4', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    const own = new Map<AppRole, ReadonlySet<AppResource>>();
    const hijacked = judgedGrants(
      app,
      app.rolesOf('agent', 'agent-tool'),
      EXISTING_COMPUTE,
      ({ statement, action, resources }, role) => {
        const mine = own.get(role) ?? ownCompute(role, app);
        own.set(role, mine);
        return resources.filter((resource) => {
          if (isForOutput(resource, action)) {
            return false;
          }
          const named = app.placeOf(resource, statement.holder)?.resource;
          return named === undefined || !mine.has(named);
        });
      },
    );
    for (const grant of hijacked) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} run code of its choice with the role of something else: ${listed(grant.actions)} on ${shownResources(grant.resources)}.`,
        example: exampleOf(grant),
      };
    }
  },
};

/** Commands of Systems Manager name a bucket for what they print: no code runs in it. */
function isForOutput(resource: PolicyText, { name }: ServiceAction): boolean {
  return name === 'ssm:SendCommand' && literalOf(arnParts(resource)?.service ?? []) === 's3';
}

/** What runs with the role itself, where new code gets no other rights; and the agent's own tools (`own-tool-code-write`). */
function ownCompute(role: AppRole, app: AppModel): ReadonlySet<AppResource> {
  const tools = app.agents
    .filter(({ roles }) => roles.includes(role))
    .flatMap((agent) => agent.tools.flatMap(({ resource }) => resource ?? []));
  return new Set([...role.uses.map(({ resource }) => resource), ...tools]);
}
