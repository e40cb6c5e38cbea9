import { AUDIT_WRITES } from '../action-sets/audit-writes';
import { fittingGrants } from '../judging/grants/fitting-grants';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** An agent that can stop, narrow or remove the record of what it did. */
export const AUDIT_TAMPER: Rule = {
  name: 'audit-tamper',
  group: 'AUD',
  severity: 'error',
  title: 'An agent role can stop or remove the record of what it did.',
  why: 'An agent that was talked into something can then remove the evidence: stop a trail, shorten the retention of its log group, switch off invocation logging. After that nobody can tell what happened.',
  fix: 'Take the actions out; retention, trails and detectors belong to the deployment. An agent needs logs:CreateLogStream and logs:PutLogEvents on its own log group, which every host of ScopedAgentRole gives.',
  frameworks: ['NIST SP 800-53 AC-6(9)', 'OWASP ASI10', 'CSA MAESTRO L5', 'NIST CSF 2.0 DE.CM', 'NIST CSF 2.0 GV'],
  *check(app): Iterable<Observation> {
    for (const grant of fittingGrants(app, app.agentRoles, AUDIT_WRITES)) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} change or remove its own audit trail: ${listed(grant.actions)} on ${shownResources(grant.resources)}.`,
        example: exampleOf(grant),
      };
    }
  },
};
