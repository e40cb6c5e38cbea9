import { PASS_ROLE } from '../action-sets/pass-role';
import { isUnknown, judgedGrants } from '../judging/grants/judged-grants';
import { isManyRoles } from '../judging/grants/many-roles';
import { namesServices } from '../judging/grants/passed-services';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** An agent that may pass any role, or pass a role to any service. */
export const PASSROLE_BROAD: Rule = {
  name: 'passrole-broad',
  group: 'ESC',
  severity: 'error',
  title: 'An agent may hand any role to a service, or a role to any service.',
  why: 'A passed role acts for whoever passed it: with an administrator role and a service that runs code, the agent is an administrator. Each new role of the account widens what it may pass.',
  fix: 'Name the one role and ask for its service: `"StringEquals": { "iam:PassedToService": "ecs-tasks.amazonaws.com" }`. Better, let the deployment pass roles, and give the agent the action that starts what is there.',
  frameworks: ['OWASP ASI03', 'NIST SP 800-53 AC-6', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    const anyRole = new Set<unknown>();
    const anyService = new Set<unknown>();
    const broad = judgedGrants(app, app.rolesOf('agent', 'agent-tool'), PASS_ROLE, (grant, role) => {
      const { statement, action, resources } = grant;
      const many = resources.filter((resource) => isManyRoles(resource, action));
      if (many.length > 0) {
        anyRole.add(statement);
      }
      if (isUnknown(statement, 'Condition') || namesServices(grant, role)) {
        return many;
      }
      anyService.add(statement);
      return resources;
    });
    for (const grant of broad) {
      const { statement } = grant;
      const roles = anyRole.has(statement) ? 'any role' : 'a role';
      const services = anyService.has(statement) ? 'any service' : 'the services of its condition';
      yield {
        resource: statement.holder,
        statements: [statement],
        message: `${whereIs(statement)} lets ${rolesShown(grant)} pass ${roles} to ${services}: iam:PassRole on ${shownResources(grant.resources)}.`,
        example: `${exampleOf(grant)}${anyService.has(statement) ? ' to ec2.amazonaws.com' : ''}`,
      };
    }
  },
};
