import { targetsOf } from '../../../access/app/app-agents';
import type { AppModel } from '../../../access/app/app-model';
import type { AppResource } from '../../../access/app/app-resource';
import type { AppRole } from '../../../access/app/app-role';
import type { AppStatement } from '../../../access/app/app-statement';
import { arnParts } from '../../../access/app/arn-parts';
import { literalOf, type PolicyText } from '../../../policy/document/text';
import { OUTWARD_FLOW } from '../../action-sets/outward-flow';
import { ActionSet } from '../grants/allowed-actions';
import { fittingGrants } from '../grants/fitting-grants';
import { isEverything } from '../grants/known-resource';
import type { StatementGrant } from '../grants/statement-grants';
import { isAtHome } from '../identity/home-accounts';
import { gatewaysOf } from '../tools/gateways-of';
import { agentIndex } from './agent-index';
import { isAnyBucket, isInside, isOutside } from './bucket-perimeter';
import { isPublicNetwork, networkOf } from './network-mode';
import { hasRemoteServer } from './untrusted-inputs';

/** A way on which data leaves: to people, to the internet, to other accounts. */
export interface WayOut {
  /** Such as `ses:SendEmail`, or `the public network of Claims/Runtime`. */
  readonly shown: readonly string[];
  /** What opens it: a statement of the role, or a resource. */
  readonly by: AppStatement | AppResource;
  /** Whether it is a target of a gateway. */
  readonly target?: true;
}

const MESSAGES = new ActionSet('sns:Publish');
const OBJECT_WRITES = new ActionSet('s3:PutObject');
const API_CALLS = new ActionSet('execute-api:Invoke');

/** The ways out that a role has by its policies, by the network of what runs with it and by the tools it calls. */
export function waysOut(app: AppModel, role: AppRole): WayOut[] {
  const grants = [
    ...fittingGrants(app, [role], OUTWARD_FLOW).filter(({ statement }) => !hasFixedRecipients(statement)),
    // A telephone has no ARN: what may publish to a topic alone sends no SMS.
    ...fittingGrants(app, [role], MESSAGES).filter(({ resources }) => resources.some(isEverything)),
    ...fittingGrants(app, [role], OBJECT_WRITES).filter(isAway),
    ...fittingGrants(app, [role], API_CALLS).filter(({ resources }) =>
      resources.some((resource) => isForeignApi(resource, role)),
    ),
  ];
  const networks = role.uses
    .filter(({ resource }) => isPublicNetwork(networkOf(resource)))
    .map(({ resource }) => ({ shown: [`the public network of ${resource.title}`], by: resource }));
  return [
    ...grants.map(({ statement, actions }) => ({ shown: actions, by: statement })),
    ...networks,
    ...targets(app, role),
  ];
}

function isAway({ statement, resources, roles }: StatementGrant): boolean {
  return isOutside(statement, roles) || (resources.some(isAnyBucket) && !isInside(statement, roles));
}

/** An API of another account, or any. */
function isForeignApi(resource: PolicyText, role: AppRole): boolean {
  const account = arnParts(resource)?.account;
  return (
    isEverything(resource) ||
    (account !== undefined && (isEverything(account) || isAtHome(account, role) === 'elsewhere'))
  );
}

/** The targets outside AWS of the gateways that the agents of a role call. */
function targets(app: AppModel, role: AppRole): WayOut[] {
  const gateways = (agentIndex(app).byRole.get(role) ?? []).flatMap((agent) => gatewaysOf(app, agent, role));
  return [...new Set(gateways)]
    .flatMap((gateway) => targetsOf(gateway, app))
    .filter(isOutsideTarget)
    .map((target) => ({ shown: [`the gateway target ${target.title}`], by: target, target: true }));
}

function isOutsideTarget(target: AppResource): boolean {
  const isOpenApi = target.get('TargetConfiguration', 'Mcp', 'OpenApiSchema').presence !== 'never';
  return isOpenApi || hasRemoteServer(target);
}

/** Whether mail goes to recipients that the statement names, and to nobody else. */
function hasFixedRecipients({ statement: { conditions } }: AppStatement): boolean {
  return conditions.some(
    ({ key, operator, values }) =>
      /^ses:recipients$/i.test(key) &&
      !operator.negated &&
      !operator.ifExists &&
      operator.family !== 'Null' &&
      // One mail has many recipients: one of them is not all.
      operator.set !== 'ForAnyValue' &&
      values.every((value) => !/[*?]/.test(literalOf(value) ?? '*')),
  );
}
