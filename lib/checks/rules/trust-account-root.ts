import { arnParts } from '../../access/app/arn-parts';
import { displayText, literalOf, type PolicyText } from '../../policy/document/text';
import { isLeftToCertainCallers, letsAssume } from '../judging/identity/trusted-callers';
import { listed, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Account root in the agent's trust. */
export const TRUST_ACCOUNT_ROOT: Rule = {
  name: 'trust-account-root',
  group: 'ID',
  severity: 'error',
  title: 'A whole account may become the agent.',
  why: 'The account, or its root, as a principal means every role and user of the account that somebody gives sts:AssumeRole: administrators, pipelines and other agents.',
  fix: 'Name the one service or role that assumes this role, or ask for it with ArnEquals on aws:PrincipalArn. ScopedAgentRole writes the trust policy of its host.',
  frameworks: ['OWASP ASI03', 'OWASP NHI10', 'NIST SP 800-53 AC-6(5)', 'AWS AGENTSEC03-BP02', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    for (const { resource, trust } of app.agentRoles) {
      for (const given of trust.filter((statement) => letsAssume(statement))) {
        const { principal } = given.statement;
        const accounts = principal?.negated
          ? []
          : (principal?.entries.filter(({ type, id }) => type === 'AWS' && isAccount(id)) ?? []);
        if (accounts.length > 0 && !isLeftToCertainCallers(given, trust, true)) {
          yield {
            resource,
            statements: [given],
            message: `${whereIs(given)} lets every principal of ${listed(accounts.map(({ id }) => displayText(id)))} assume the role that has sts:AssumeRole for it.`,
            example: 'sts:AssumeRole by an administrator or another workload of the account',
          };
        }
      }
    }
  },
};

/** `111122223333`, `Ref AWS::AccountId`, or the ARN of an account's root. */
function isAccount(id: PolicyText): boolean {
  const literal = literalOf(id);
  if (literal !== undefined && /^\d{12}$/.test(literal.trim())) {
    return true;
  }
  const [only, ...more] = id;
  if (more.length === 0 && typeof only === 'object') {
    return only.atom === 'AWS::AccountId';
  }
  const parts = arnParts(id);
  return parts !== undefined && literalOf(parts.service) === 'iam' && literalOf(parts.tail ?? []) === 'root';
}
