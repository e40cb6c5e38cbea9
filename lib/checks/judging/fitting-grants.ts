import type { AppModel } from '../../access/app/app-model';
import type { AppRole } from '../../access/app/app-role';
import type { AppStatement } from '../../access/app/app-statement';
import { spelledArns } from '../../access/app/resource-arns';
import { literalOf, type PolicyText, text } from '../../policy/document/text';
import { fitsShape } from '../../policy/reference/arn-shape';
import { findAction } from '../../policy/reference/service-reference';
import type { ActionSet } from './allowed-actions';
import { type StatementGrant, statementGrants } from './statement-grants';

/**
 * As `statementGrants`, with those actions alone that the resources of the statement fit. An action that a wildcard, or
 * NotAction, takes in counts only where a resource can be one of its own: `*` on the objects of a bucket gives nothing
 * of CloudTrail. An action that is named counts in any case, since somebody wants it.
 */
export function fittingGrants(app: AppModel, roles: readonly AppRole[], wanted: ActionSet): StatementGrant[] {
  return statementGrants(roles, wanted).flatMap((grant) => {
    const actions = fittingActions(app, grant);
    return actions.length === 0 ? [] : [{ ...grant, actions }];
  });
}

function fittingActions(app: AppModel, { statement, actions, resources: written }: StatementGrant): string[] {
  const named = namedActions(statement);
  const resources = written.map((resource) => spelledOut(app, resource));
  return actions.filter((name) => named.has(name.toLowerCase()) || resources.some((resource) => fits(name, resource)));
}

function namedActions({ statement: { action } }: AppStatement): ReadonlySet<string> {
  return new Set(action.negated ? [] : action.patterns.flatMap((name) => literalOf(name)?.toLowerCase() ?? []));
}

function fits(action: string, resource: PolicyText): boolean {
  if (/^[*?]*\*[*?]*$/.test(literalOf(resource) ?? '')) {
    return true;
  }
  const types = findAction(action)?.resourceTypes ?? [];
  return types.some(({ arns }) => arns.some((shape) => fitsShape(resource, shape) !== 'no'));
}

/** The ARN of a resource of the app, where a value of the template stands for it, with some name: its type is known. */
function spelledOut(app: AppModel, resource: PolicyText): PolicyText {
  const place = typeof resource[0] === 'object' ? app.placeOf(resource) : undefined;
  const [spelled] = place ? spelledArns(place.resource) : [];
  if (place === undefined || spelled === undefined) {
    return resource;
  }
  const tail = spelled.tail.map((part) => (typeof part === 'string' ? part : 'name'));
  const owner = spelled.service === 's3' ? ':' : 'us-east-1:111122223333';
  return text(`arn:aws:${spelled.service}:${owner}:${tail.join('')}`, place.rest);
}
