import type { AppStatement } from '../../access/app/app-statement';
import type { PolicyCondition } from '../../policy/document/policy-document';
import { displayText, type PolicyText } from '../../policy/document/text';
import { isRequired } from '../judging/conditions/narrowing';
import { letsAssume } from '../judging/identity/trusted-callers';
import { listed, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Weak federation. */
export const TRUST_FEDERATED_WEAK: Rule = {
  name: 'trust-federated-weak',
  group: 'ID',
  severity: 'error',
  title: 'An identity provider may make the agent out of anybody it knows.',
  why: 'Providers such as GitHub, Cognito or a cluster sign tokens for everybody they serve. Without the subject, any repository, guest or pod becomes the agent.',
  fix: 'Ask for the exact subject with StringEquals, and for the audience: `system:serviceaccount:namespace:name` of a cluster, one repository and branch, one identity pool. AgentHost.eksPodIdentity needs no provider.',
  frameworks: ['OWASP ASI03', 'OWASP NHI4', 'NIST SP 800-207 tenet 6', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    for (const { resource, trust } of app.agentRoles) {
      for (const given of trust.filter((statement) => letsAssume(statement, 'sts:AssumeRoleWithWebIdentity'))) {
        const providers = providersIn(given);
        const weakness = providers.length === 0 ? undefined : weaknessOf(given, providers);
        const opaque = given.unknown.find(({ element }) => element === 'Condition');
        if (weakness !== undefined) {
          yield {
            resource,
            statements: [given],
            message: `${whereIs(given)} lets ${listed(providers)} give out the role: ${weakness}.`,
            example: 'sts:AssumeRoleWithWebIdentity with a token of another subject of the provider',
            ...(opaque && { severity: 'info', undecided: `the condition is ${opaque.shown}` }),
          };
        }
      }
    }
  },
};

function providersIn({ statement: { principal } }: AppStatement): string[] {
  return principal === undefined || principal.negated
    ? []
    : principal.entries
        .filter(({ type }) => type === 'Federated')
        .map(({ id }) => displayText(id))
        .filter((id) => !/:saml-provider\//i.test(id) && id !== '*');
}

function weaknessOf({ statement: { conditions } }: AppStatement, providers: readonly string[]): string | undefined {
  const required = conditions.filter((condition) => condition.values.length > 0 && isRequired(condition, conditions));
  const asks = (claim: string): PolicyCondition[] =>
    required.filter(({ key }) => key.toLowerCase().endsWith(`:${claim}`));
  const isCognito = providers.some((id) => /^cognito-identity[.-]/i.test(id));
  if (isCognito && asks('aud').length === 0) {
    return 'without cognito-identity.amazonaws.com:aud every identity pool of AWS will do';
  }
  const subjects = asks('sub').filter(isPattern);
  const amr = asks('amr');
  if (asks('sub').length + amr.length === 0) {
    const near = conditions.find(({ key }) => /:(sub|amr)$/i.test(key));
    return near === undefined
      ? 'no condition asks for a subject'
      : `${near.operator.name} ${near.key} ${listed(near.values.map(displayText))} does not ask for a subject`;
  }
  const bySubject =
    asks('sub').length > 0 && !asks('sub').every((condition) => isPattern(condition) && isWeak(condition));
  const byMethod = amr.some(
    ({ values }) => !values.some((value) => /(^|[^a-z])unauthenticated/i.test(displayText(value))),
  );
  if (bySubject || byMethod) {
    return undefined;
  }
  return subjects.length > 0
    ? `the subject ${listed(subjects.flatMap(({ values }) => values.filter(isWide).map(displayText)))} is not one workload`
    : 'guests of the identity pool become the agent';
}

/** Whether `*` and `?` are wildcards in the values of a condition. */
function isPattern({ operator }: PolicyCondition): boolean {
  return /like$/i.test(operator.comparison);
}

function isWeak({ values }: PolicyCondition): boolean {
  return values.some(isWide);
}

/** Whether a pattern of subjects takes in more than one repository, service account or workspace. */
function isWide(value: PolicyText): boolean {
  const shown = value.map((part) => (typeof part === 'string' ? part : 'x')).join('');
  const wild = shown.search(/[*?]/);
  if (wild < 0) {
    return false;
  }
  const before = shown.slice(0, wild);
  const [kind] = before.split(':');
  switch (kind) {
    case 'repo':
    case 'project_path':
      // `repo:org/name:*` is one repository; `repo:org/*` and `repo:org*` are not.
      return !/^[^:]+:[^/]+\/[^/:]/.test(before);
    case 'system':
      // A namespace and one account of it.
      return !/^system:serviceaccount:[^:]+:[^:]/.test(before);
    case 'organization':
      return !/^organization:[^:]+:project:[^:]+:workspace:[^:]+/.test(before);
    default:
      return before.split(/[:/|]/).filter((part) => part !== '').length < 2;
  }
}
