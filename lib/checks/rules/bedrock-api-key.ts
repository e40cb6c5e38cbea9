import type { AppRole } from '../../access/app/app-role';
import type { AppStatement } from '../../access/app/app-statement';
import type { PolicyCondition } from '../../policy/document/policy-document';
import { displayText, literalOf } from '../../policy/document/text';
import { isRequired } from '../judging/conditions/narrowing';
import { ActionSet, speaksOf } from '../judging/grants/allowed-actions';
import { fittingGrants } from '../judging/grants/fitting-grants';
import { isEverything } from '../judging/grants/known-resource';
import { exampleOf, rolesShown, type StatementGrant } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const CREDENTIALS = new ActionSet('iam:CreateServiceSpecificCredential', 'iam:ResetServiceSpecificCredential');
const BEARER_CALLS = new ActionSet('bedrock-mantle:CallWithBearerToken', 'bedrock:CallWithBearerToken');
/** The type itself, and patterns such as `SHORT_*`, which take in no other. */
const SHORT_TERM = /^SHORT_/;

/** Bedrock API keys */
export const BEDROCK_API_KEY: Rule = {
  name: 'bedrock-api-key',
  group: 'MDL',
  severity: 'error',
  title: 'An agent role may make Bedrock API keys, or use long-lived ones.',
  why: 'A Bedrock API key is a password for models: it can be copied out of a log or a prompt, works from anywhere, and the long-lived kind has no end.',
  fix: 'Take the actions out; the role’s own credentials call models. Where a client needs a token, allow bedrock:CallWithBearerToken with bedrock:BearerTokenType SHORT_TERM alone.',
  frameworks: ['OWASP NHI7', 'CSA MAESTRO L6', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 ID'],
  *check(app): Iterable<Observation> {
    for (const grant of fittingGrants(app, app.agentRoles, CREDENTIALS)) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        cause: grant.actions,
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} use ${listed(grant.actions)} on ${shownResources(grant.resources)}, which makes API keys that last.`,
        example: exampleOf(grant),
      };
    }
    for (const grant of fittingGrants(app, app.agentRoles, BEARER_CALLS).flatMap(withLongTerm)) {
      const isOpen = tokenTypes(grant.statement) === 'any';
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        ...(isOpen ? {} : { severity: 'info', undecided: 'the value of BearerTokenType is not in the template' }),
        cause: grant.actions,
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} use ${listed(grant.actions)} with ${isOpen ? 'long-lived API keys too, since nothing asks for BearerTokenType SHORT_TERM' : 'a type of API keys that is not known'}.`,
        example: exampleOf(grant),
      };
    }
    for (const role of app.agentRoles) {
      for (const { arn, holder } of role.outside.filter((policy) =>
        /:aws:policy\/AmazonBedrockLimitedAccess$/.test(displayText(policy.arn)),
      )) {
        yield {
          resource: holder,
          cause: [displayText(arn)],
          message: `${holder.title} attaches AmazonBedrockLimitedAccess, the policy of the users behind Bedrock API keys, to ${role.resource.title}.`,
        };
      }
    }
  },
};

/** What of a grant is open to long-lived keys, by what its statement asks for and the denies of each role. */
function withLongTerm(grant: StatementGrant): StatementGrant[] {
  if (tokenTypes(grant.statement) === 'short-term') {
    return [];
  }
  const roles = grant.roles.filter((role) => grant.actions.some((action) => !isLongTermDenied(role, action)));
  const actions = grant.actions.filter((action) => roles.some((role) => !isLongTermDenied(role, action)));
  return roles.length === 0 ? [] : [{ ...grant, roles, actions }];
}

/** Which tokens an Allow is for. */
function tokenTypes({ statement: { conditions } }: AppStatement): 'short-term' | 'any' | 'unknown' {
  const asked = conditions.filter((condition) => isAboutTokens(condition) && isRequired(condition, conditions));
  const known = asked.map(({ values }) => values.map((value) => literalOf(value)?.toUpperCase()));
  if (known.some((values) => values.every(isShortTerm))) {
    return 'short-term';
  }
  return known.some((values) => values.every((value) => value === undefined || isShortTerm(value))) ? 'unknown' : 'any';
}

/** Whether a Deny of the role, for tokens alone, refuses those that are long-lived. */
function isLongTermDenied({ statements }: AppRole, action: string): boolean {
  return statements.some((deny) => {
    const { effect, resource, conditions } = deny.statement;
    const isSure = effect === 'Deny' && deny.sure && deny.unknown.length === 0;
    return (
      isSure &&
      speaksOf(deny, action) &&
      resource?.negated !== true &&
      resource?.patterns.some(isEverything) === true &&
      conditions.every(meetsLongTerm)
    );
  });
}

function meetsLongTerm(condition: PolicyCondition): boolean {
  const { operator, values } = condition;
  const known = values.map((value) => literalOf(value)?.toUpperCase());
  if (!isAboutTokens(condition) || operator.family === 'Null') {
    return false;
  }
  return operator.negated ? known.every(isShortTerm) : known.includes('LONG_TERM');
}

function isAboutTokens({ key }: PolicyCondition): boolean {
  return /^bedrock(-mantle)?:bearertokentype$/i.test(key);
}

function isShortTerm(type: string | undefined): boolean {
  return type !== undefined && SHORT_TERM.test(type);
}
