import { arnParts } from '../../access/app/arn-parts';
import { literalOf, type PolicyText } from '../../policy/document/text';
import { IAM_WRITES } from '../action-sets/iam-write';
import { isRequired } from '../judging/conditions/narrowing';
import { type ActionGrant, judgedGrants } from '../judging/grants/judged-grants';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** An agent that can change identities or what they may do. */
export const IAM_WRITE: Rule = {
  name: 'iam-write',
  group: 'ESC',
  severity: 'error',
  title: 'An agent can change identities, or what they may do, in IAM, the organization or IAM Identity Center.',
  why: 'Whoever can write a policy, a trust, a boundary or a credential can give itself everything else, so every other limit of the role is worth nothing.',
  fix: 'Take the actions out: roles and policies belong to the deployment, and access beyond the working set to an elevation that a person approves. ScopedAgentRole denies them in its permissions boundary.',
  frameworks: [
    'OWASP ASI03',
    'OWASP NHI5',
    'NIST SP 800-53 AC-6(1)',
    'NIST SP 800-53 AC-6(10)',
    'AWS AGENTSEC03-BP03',
    'NIST CSF 2.0 PR.AA',
  ],
  *check(app): Iterable<Observation> {
    for (const grant of judgedGrants(app, app.rolesOf('agent', 'agent-tool'), IAM_WRITES, harmful)) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} change who may do what: ${listed(grant.actions)} on ${shownResources(grant.resources)}.`,
        example: exampleOf(grant),
      };
    }
  },
};

function harmful({ statement, action, resources }: ActionGrant): readonly PolicyText[] {
  if (action.name === 'iam:CreateServiceLinkedRole') {
    const { conditions } = statement.statement;
    const isNamed = conditions.some(
      (condition) => condition.key.toLowerCase() === 'iam:awsservicename' && isRequired(condition, conditions),
    );
    return isNamed ? [] : resources.filter((resource) => !isOfOneService(resource));
  }
  // AWS's own policies have no versions that an account could make.
  const isAboutPolicies = action.service === 'iam' && action.resourceTypes.every(({ name }) => name === 'policy');
  return isAboutPolicies && action.resourceTypes.length > 0
    ? resources.filter((resource) => literalOf(arnParts(resource)?.account ?? []) !== 'aws')
    : resources;
}

/** Whether a role is one that AWS defines for one service. */
function isOfOneService(resource: PolicyText): boolean {
  return /^role\/aws-service-role\/[\w.-]+\//.test(literalOf(arnParts(resource)?.tail ?? []) ?? '');
}
