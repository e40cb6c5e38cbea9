import { broadGrants } from '../judging/grants/broad-grants';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Everything */
export const RESOURCE_WILDCARD: Rule = {
  name: 'resource-wildcard',
  group: 'RES',
  severity: 'error',
  title: 'A statement of an agent role allows actions that can be scoped on every resource.',
  why: 'On * an agent that is talked into something reaches every table, queue and bucket of the account, not only its own.',
  fix: 'Name the resources: the grants of ScopedAgentRole take the construct and write its ARN. Actions that take no resource belong into a statement of their own.',
  frameworks: ['OWASP ASI02', 'OWASP NHI5', 'NIST SP 800-53 AC-6', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    for (const grant of broadGrants(app, 'everything')) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} use ${listed(grant.actions)} on ${shownResources(grant.resources)}, with no condition that leaves fewer resources.`,
        example: exampleOf(grant),
      };
    }
  },
};
