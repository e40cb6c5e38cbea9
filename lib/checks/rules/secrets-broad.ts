import { ActionSet } from '../judging/allowed-actions';
import { broadOf } from '../judging/broad-of';
import { fittingGrants } from '../judging/fitting-grants';
import { hasNarrowingCondition } from '../judging/narrowing';
import { listed, shownResources, whereIs } from '../judging/shown';
import { exampleOf, rolesShown } from '../judging/statement-grants';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const SECRET_READS = new ActionSet(
  'bedrock-agentcore:GetResourceApiKey',
  'bedrock-agentcore:GetResourceOauth2Token',
  'secretsmanager:BatchGetSecretValue',
  'secretsmanager:GetSecretValue',
  'ssm:GetParameter',
  'ssm:GetParameterHistory',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
);
/** Vaults and providers as wholes, and the secrets that AgentCore Identity keeps for all agents. */
const NOT_ONE = /bedrock-agentcore-identity!|:token-vault\/[^/]*\*|credentialprovider\/\*$/;

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
      const resources = hasNarrowingCondition(grant.statement) ? [] : broadOf(grant, NOT_ONE);
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
