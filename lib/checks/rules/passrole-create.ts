import type { AppRole } from '../../access/app/app-role';
import type { AppStatement } from '../../access/app/app-statement';
import { displayText } from '../../policy/document/text';
import { NEW_COMPUTE, servicesThatGetTheRole } from '../action-sets/new-compute';
import { PASS_ROLE } from '../action-sets/pass-role';
import { type ActionGrant, actionGrants } from '../judging/judged-grants';
import { type Passing, passesTo } from '../judging/passed-services';
import { listed, shownResources } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** An agent that may pass a role and start something new that runs with it. */
export const PASSROLE_CREATE: Rule = {
  name: 'passrole-create',
  group: 'ESC',
  severity: 'error',
  title: 'An agent may pass a role and start something new that runs with it.',
  why: 'Both halves together run code of the agent, or of whoever talked it into it, with the passed role: its own limits no longer hold, even where each half is scoped.',
  fix: 'Take one half out: let the deployment make the function, task or runtime, and give the agent the action that starts it (AgentFunctionGrant). Where it has to be, ask for an iam:PassedToService other than that of the new resource.',
  frameworks: ['OWASP ASI03', 'OWASP ASI05', 'CSA MAESTRO L4', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    for (const role of app.rolesOf('agent', 'agent-tool')) {
      const passes = actionGrants(role, PASS_ROLE);
      const creates = passes.length === 0 ? [] : actionGrants(role, NEW_COMPUTE);
      const certain = pairsOf(passes, creates, role, 'yes');
      const pairs = certain.length > 0 ? certain : pairsOf(passes, creates, role, 'unknown');
      if (pairs.length > 0) {
        const actions = [...new Set(pairs.map(({ create }) => create.action.name))];
        const passed = pairs.flatMap(({ pass }) => pass.resources);
        yield {
          resource: role.resource,
          statements: [
            ...new Set(pairs.flatMap(({ pass, create }): AppStatement[] => [pass.statement, create.statement])),
          ],
          message: `${role.resource.title} may pass ${shownResources(passed)} and start something new with it: ${listed(actions)}.`,
          example: `${actions[0]} with the role ${displayText(passed[0] ?? [])}`,
          ...(certain.length > 0
            ? {}
            : { severity: 'info' as const, undecided: 'the template does not tell iam:PassedToService' }),
        };
      }
    }
  },
};

interface Pair {
  readonly pass: ActionGrant;
  readonly create: ActionGrant;
}

/** The grants of one role that go together: the service of the new resource may get the role. */
function pairsOf(
  passes: readonly ActionGrant[],
  creates: readonly ActionGrant[],
  role: AppRole,
  wanted: Passing,
): Pair[] {
  return creates.flatMap((create) => {
    const services = servicesThatGetTheRole(create.action.name);
    return passes
      .filter((pass) => services.some((service) => passesTo(pass, role, service) === wanted))
      .map((pass) => ({ pass, create }));
  });
}
