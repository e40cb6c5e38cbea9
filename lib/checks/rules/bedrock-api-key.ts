import type { AppStatement } from '../../access/app/app-statement';
import { displayText, literalOf } from '../../policy/document/text';
import { ActionSet } from '../judging/allowed-actions';
import { fittingGrants } from '../judging/fitting-grants';
import { isRequired } from '../judging/narrowing';
import { listed, shownResources, whereIs } from '../judging/shown';
import { exampleOf, rolesShown } from '../judging/statement-grants';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const CREDENTIALS = new ActionSet('iam:CreateServiceSpecificCredential', 'iam:ResetServiceSpecificCredential');
const BEARER_CALLS = new ActionSet('bedrock-mantle:CallWithBearerToken', 'bedrock:CallWithBearerToken');

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
    const calls = fittingGrants(app, app.agentRoles, BEARER_CALLS).filter(({ statement }) => !isShortTerm(statement));
    for (const grant of [...fittingGrants(app, app.agentRoles, CREDENTIALS), ...calls]) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        cause: grant.actions,
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} use ${listed(grant.actions)} on ${shownResources(grant.resources)}.`,
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

function isShortTerm({ statement: { conditions } }: AppStatement): boolean {
  return conditions.some(
    (condition) =>
      /:bearertokentype$/i.test(condition.key) &&
      isRequired(condition, conditions) &&
      condition.values.every((value) => literalOf(value)?.toUpperCase() === 'SHORT_TERM'),
  );
}
