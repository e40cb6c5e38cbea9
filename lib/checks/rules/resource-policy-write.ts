import type { PolicyCondition } from '../../policy/document/policy-document';
import { literalOf } from '../../policy/document/text';
import { RESOURCE_POLICY_WRITES } from '../action-sets/resource-policy-write';
import { isRequired } from '../judging/conditions/narrowing';
import { judgedGrants } from '../judging/grants/judged-grants';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** An agent that can say who else may use a resource. */
export const RESOURCE_POLICY_WRITE: Rule = {
  name: 'resource-policy-write',
  group: 'ESC',
  severity: 'error',
  title: 'An agent can change who may use a resource: its policy, its access list or its grants.',
  why: 'One call opens a bucket, key, secret, function or queue to another account or to everybody. It stays open when the session of the agent is long gone, and needs no further rights of the agent.',
  fix: 'Take the actions out: policies of resources belong to the deployment. AgentFunctionGrant, AgentStorageGrant and AgentKeyGrant write the policies that an agent needs when it is deployed. kms:CreateGrant is fine where kms:GrantIsForAWSResource has to be true.',
  frameworks: ['OWASP ASI03', 'OWASP NHI6', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    const opening = judgedGrants(
      app,
      app.rolesOf('agent', 'agent-tool'),
      RESOURCE_POLICY_WRITES,
      ({ statement: { statement }, action, resources }) =>
        action.name === 'kms:CreateGrant' && statement.conditions.some((one) => boundsGrants(one, statement.conditions))
          ? []
          : resources,
    );
    for (const grant of opening) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} decide who else may use ${shownResources(grant.resources)}: ${listed(grant.actions)}.`,
        example: exampleOf(grant),
      };
    }
  },
};

/** Whether grants of a key go to services of AWS alone, or to principals that the condition names. */
function boundsGrants(condition: PolicyCondition, all: readonly PolicyCondition[]): boolean {
  const key = condition.key.toLowerCase();
  return (
    isRequired(condition, all) &&
    (key === 'kms:granteeprincipal' ||
      (key === 'kms:grantisforawsresource' &&
        condition.values.every((value) => literalOf(value)?.toLowerCase() === 'true')))
  );
}
