import type { AppRole } from '../../access/app/app-role';
import type { AppStatement } from '../../access/app/app-statement';
import { arnParts } from '../../access/app/arn-parts';
import { displayText, type PolicyText, text } from '../../policy/document/text';
import { compileGlob, globTokens, matchesGlob } from '../../policy/match/glob';
import { STORED_SECRET_READS, TOKEN_READS } from '../action-sets/secret-reads';
import { narrowsResources } from '../judging/conditions/narrowing';
import { broadOf } from '../judging/grants/broad-of';
import { fittingGrants } from '../judging/grants/fitting-grants';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const SECRET_READS = TOKEN_READS.and(STORED_SECRET_READS);
/** Keys that say which version of a secret, or how deep under a path, and not which secret. */
const OF_ONE_SECRET = /^(secretsmanager:versionstage|ssm:recursive)$/i;
const SECRET_OF_IDENTITY = text('secret:bedrock-agentcore-identity!default/oauth2/name-AbCdEf');
const ONE_OF_IDENTITY = /^secret:bedrock-agentcore-identity!default\/(apikey|oauth2)\/[^*?]+-(\?{6}|\w{6})$/;
/** Names of nothing but wildcards, with the separators and the six letters that belong to every name. */
const ANY_NAME = /^(secret:[*?-]*\*[*?-]*|parameter[*?/]*\*[*?/]*)$/;

/** Secrets beyond the agent's own */
export const SECRETS_BROAD: Rule = {
  name: 'secrets-broad',
  group: 'DATA',
  severity: 'error',
  title: 'An agent role reads secrets beyond its own.',
  why: 'One prompt later the agent tells somebody every password of the account, or uses the tokens of other agents and of their users.',
  fix: 'Name the secret: its ARN ends in six letters that CDK writes as -??????. AgentAccessGrant takes the exact ARN; tokens of AgentCore Identity are given for one credential provider.',
  frameworks: [
    'OWASP NHI2',
    'OWASP NHI5',
    'OWASP ASI03',
    'NIST SP 800-53 AC-6',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 ID',
  ],
  *check(app): Iterable<Observation> {
    for (const grant of fittingGrants(app, app.rolesOf('agent', 'knowledge-base'), SECRET_READS)) {
      const isOfGateway = grant.roles.every(isGatewayRole);
      const resources = isLeftToSome(grant.statement)
        ? []
        : broadOf(grant, (resource) => isNotOne(resource) && !(isOfGateway && isOneOfIdentity(resource)));
      if (resources.length > 0) {
        yield {
          resource: grant.statement.holder,
          statements: [grant.statement],
          message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} read secrets beyond its own: ${listed(grant.actions)} on ${shownResources(resources)}.`,
          example: exampleOf({ actions: grant.actions, resources }),
        };
      }
    }
  },
};

function isLeftToSome(statement: AppStatement): boolean {
  return statement.statement.conditions.some(
    (condition) => narrowsResources(condition, statement) && !OF_ONE_SECRET.test(condition.key),
  );
}

/**
 * Whether an ARN that does not look like a whole type is one all the same: every name with its six letters, the root of
 * all parameters, what a token vault holds; or a secret that AgentCore Identity keeps, which is read through its checks.
 */
function isNotOne(resource: PolicyText): boolean {
  const tail = arnParts(resource)?.tail ?? [];
  const shown = displayText(tail);
  return (
    ANY_NAME.test(shown) ||
    /^parameter\/+$/.test(shown) ||
    shown.startsWith('secret:bedrock-agentcore-identity!') ||
    matchesGlob(compileGlob(globTokens(tail)), SECRET_OF_IDENTITY) ||
    isWholeVault(shown)
  );
}

/** Whether gateways alone run with a role. AWS asks for the secret of a provider in it, beside the provider itself. */
function isGatewayRole({ uses }: AppRole): boolean {
  return uses.length > 0 && uses.every(({ resource }) => resource.type === 'AWS::BedrockAgentCore::Gateway');
}

/** The secret of one provider, by its name and the six letters. */
function isOneOfIdentity(resource: PolicyText): boolean {
  return ONE_OF_IDENTITY.test(displayText(arnParts(resource)?.tail ?? []));
}

/** `token-vault/*`, `token-vault/default/*`, `token-vault/default/apikeycredentialprovider/*`: no provider is named. */
function isWholeVault(tail: string): boolean {
  const [kind, , , provider] = tail.split('/');
  return kind === 'token-vault' && tail.includes('*') && (provider === undefined || /^[*?]+$/.test(provider));
}
