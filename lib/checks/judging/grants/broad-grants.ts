import type { AppModel } from '../../../access/app/app-model';
import type { PolicyText } from '../../../policy/document/text';
import { mayBeBroad, resourceBreadth } from '../../../policy/measure/resource-breadth';
import { MUST_BE_SCOPED } from '../../../policy/reference/overlay/must-be-scoped';
import { scopingOf } from '../../../policy/reference/overlay/scoping';
import { findAction, type ServiceAction } from '../../../policy/reference/service-reference';
import { hasNarrowingCondition } from '../conditions/narrowing';
import { onceForApp } from '../once-for-app';
import { ActionSet } from './allowed-actions';
import { hasSpecificRule } from './covered-by-specific-rules';
import { fittingActions } from './fitting-grants';
import { belongsToAws } from './known-resource';
import { isLambdaNetwork } from './lambda-network';
import { isMadeByTheCall } from './made-by-the-call';
import type { RoleGrant } from './role-grants';
import { type StatementGrant, statementGrants } from './statement-grants';

const REVIEWED: ReadonlySet<string> = new Set(MUST_BE_SCOPED.flatMap(({ actions }) => actions));

type Broad = 'everything' | 'type';

/**
 * What the Allows of agents and knowledge bases give on resources as broad as asked, with no condition that leaves
 * fewer, out of all actions that can be scoped. Actions that a more specific rule judges are left to it; so is what
 * NotResource gives.
 */
export function broadGrants(app: AppModel, breadth: Broad): readonly StatementGrant[] {
  return grantsByBreadth(app).get(breadth) ?? [];
}

const BROAD: readonly Broad[] = ['everything', 'type'];

const grantsByBreadth = onceForApp((app): ReadonlyMap<Broad, readonly StatementGrant[]> => {
  const candidates = statementGrants(app.rolesOf('agent', 'knowledge-base'), JUDGED, isCandidate);
  return new Map(BROAD.map((one) => [one, candidates.flatMap((grant) => partOf(app, grant, one))]));
});

function partOf(app: AppModel, grant: StatementGrant, breadth: Broad): StatementGrant[] {
  const possible = grant.resources.filter(mayBeBroad);
  const broad = new Set<PolicyText>();
  const actions = grant.actions.filter((name) => {
    const action = findAction(name);
    if (action === undefined || hasSpecificRule(name, grant.roles) || isLambdaNetwork(name, grant.roles)) {
      return false;
    }
    const found = possible.filter(
      (resource) =>
        resourceBreadth(resource, action) === breadth && !belongsToAws(resource) && !isMadeByTheCall(resource, action),
    );
    for (const resource of found) {
      broad.add(resource);
    }
    return found.length > 0;
  });
  const fitting = actions.length === 0 ? [] : fittingActions(app, { ...grant, actions }, JUDGED);
  return fitting.length === 0 ? [] : [{ ...grant, actions: fitting, resources: [...broad] }];
}

/** All actions that have to be given on resources of their own. */
const JUDGED = new ActionSet('*').only((name) => {
  const action = findAction(name);
  return action !== undefined && scopingOf(action).kind === 'scoped' && !isOfAws(action) && !isListing(action);
});

/** Whether a statement has a resource that may be broad at all, which few have. */
function isCandidate({ statement, resources }: RoleGrant): boolean {
  return !statement.statement.resource?.negated && resources.some(mayBeBroad) && !hasNarrowingCondition(statement);
}

/**
 * Whether an action only says what there is: a list or a description that can do without a resource, and data of
 * CloudWatch, costs and health, which belong to the account. What was reviewed as an action to be scoped all the same,
 * such as `s3:ListBucket`, is none.
 */
function isListing({ name, level, resourceTypes }: ServiceAction): boolean {
  const isReading = level === 'List' || level === 'Read';
  const isOptional = resourceTypes.every(({ required }) => !required) && !REVIEWED.has(name);
  return isReading && (/^(ce|cloudwatch|health|tag):/.test(name) || (isOptional && /:(Describe|List)[A-Z]/.test(name)));
}

/** Whether all resources of an action belong to AWS itself: `*` gives nothing of anybody then. */
function isOfAws({ resourceTypes }: ServiceAction): boolean {
  return resourceTypes.every(({ arns }) => arns.every((arn) => arn.split(':')[4] === 'aws'));
}
