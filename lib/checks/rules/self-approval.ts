import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import { APPROVALS } from '../action-sets/approvals';
import { ActionSet } from '../judging/grants/allowed-actions';
import { fittingGrants } from '../judging/grants/fitting-grants';
import { exampleOf, rolesShown, statementGrants } from '../judging/grants/statement-grants';
import { coveredResources } from '../judging/reach/covered-resources';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** An agent that can answer requests for approval: its own too. */
export const SELF_APPROVAL: Rule = {
  name: 'self-approval',
  group: 'JIT',
  severity: 'error',
  title: 'An agent role can answer requests for approval, its own too.',
  why: 'A gate that the agent can open itself holds nothing. States:SendTask actions cannot even be limited to one workflow: whoever has one of them and a token approves anything in the account.',
  fix: 'Take the actions out and give them to the role of the approver, which no agent can assume. An agent that asks needs states:StartExecution, or the intake of the broker, and reads the answer.',
  frameworks: [
    'OWASP ASI09',
    'OWASP ASI10',
    'AWS AGENTSEC04-BP02',
    'AWS AGENTSEC07-BP03',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 RS',
  ],
  *check(app): Iterable<Observation> {
    for (const grant of fittingGrants(app, app.agentRoles, APPROVALS)) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} answer requests for approval: ${listed(grant.actions)} on ${shownResources(grant.resources)}.`,
        example: exampleOf(grant),
      };
    }
    yield* writesToStores(app, approvalTables(app), WRITES, 'dynamodb');
    yield* writesToStores(app, approvalQueues(app), SENDS, 'sqs');
  },
};

function* writesToStores(
  app: AppModel,
  stores: ReadonlySet<AppResource>,
  writes: ActionSet,
  service: string,
): Iterable<Observation> {
  if (stores.size === 0) {
    return;
  }
  for (const grant of statementGrants(app.agentRoles, writes)) {
    const reached = new Set(grant.resources.flatMap((pattern) => coveredResources(app, pattern, stores, service)));
    for (const store of reached) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        cause: [store.title],
        severity: 'warning',
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} write to ${store.title}, which by its name keeps approvals: ${listed(grant.actions)}.`,
        example: `${grant.actions[0] ?? ''} on ${store.title}`,
      };
    }
  }
}

const WRITES = new ActionSet(
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
);
const SENDS = new ActionSet('sqs:SendMessage');

/**
 * The tables that keep approvals, by their names. A name is a hint and no proof, so writes to one are a warning; what
 * takes requests is left out, since asking is what an agent should do.
 */
function approvalTables(app: AppModel): ReadonlySet<AppResource> {
  const tables = app.ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').filter((table) => {
    const name = namesOf(table, 'TableName');
    return /approv/i.test(name) && !/request|pending|intake|archive|histor|audit|log/i.test(name);
  });
  return new Set(tables);
}

/** The queues that carry decisions, by their names. */
function approvalQueues(app: AppModel): ReadonlySet<AppResource> {
  const decision = /approv(ed|al)?s?[-_.]?(answer|callback|decision|outcome|response|result|verdict)/i;
  return new Set(app.ofType('AWS::SQS::Queue').filter((queue) => decision.test(namesOf(queue, 'QueueName'))));
}

function namesOf(resource: AppResource, property: string): string {
  return [resource.logicalId, ...resource.get(property).literals()].join(' ');
}
