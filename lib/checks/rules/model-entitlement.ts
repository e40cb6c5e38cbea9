import { isOnFirstCall } from '../judging/conditions/first-call';
import { ActionSet } from '../judging/grants/allowed-actions';
import { fittingGrants } from '../judging/grants/fitting-grants';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const ENTITLEMENTS = new ActionSet(
  'aws-marketplace:AcceptAgreementRequest',
  'aws-marketplace:CreateAgreementRequest',
  'aws-marketplace:Subscribe',
  'bedrock-mantle:CreateReservation',
  'bedrock:CreateFoundationModelAgreement',
  'bedrock:CreateMarketplaceModelEndpoint',
  'bedrock:CreateModelImportJob',
  'bedrock:CreateProvisionedModelThroughput',
  'bedrock:PutFoundationModelEntitlement',
  'bedrock:PutUseCaseForModelAccess',
  'bedrock:RegisterMarketplaceModelEndpoint',
);

/** Model entitlements and purchases */
export const MODEL_ENTITLEMENT: Rule = {
  name: 'model-entitlement',
  group: 'MDL',
  severity: 'error',
  title: 'An agent role may buy models, or open new ones to the account.',
  why: 'Stolen model access is sold, and paid for by the account: with these actions an agent signs the agreements itself, subscribes in the marketplace, or buys throughput by the month.',
  fix: 'Take the actions out: models are opened for the account once, by the deployment. AgentModelGrant gives the use of one model.',
  frameworks: ['OWASP ASI04', 'CSA MAESTRO L1', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 ID'],
  *check(app): Iterable<Observation> {
    for (const grant of fittingGrants(app, app.agentRoles, ENTITLEMENTS)) {
      const isLate = isOnFirstCall(grant.statement, grant.actions);
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        ...(isLate ? { severity: 'warning' as const } : {}),
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} buy or open models${isLate ? ' by calling them for the first time' : ''}: ${listed(grant.actions)} on ${shownResources(grant.resources)}.`,
        example: exampleOf(grant),
      };
    }
  },
};
