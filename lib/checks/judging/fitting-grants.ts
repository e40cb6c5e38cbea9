import type { AppModel } from '../../access/app/app-model';
import type { AppRole } from '../../access/app/app-role';
import type { AppStatement } from '../../access/app/app-statement';
import { behindArn, spelledArns } from '../../access/app/resource-arns';
import { type PolicyText, text } from '../../policy/document/text';
import { fitsShape } from '../../policy/reference/arn-shape';
import { findAction } from '../../policy/reference/service-reference';
import { type ActionSet, type NamedActions, namedActions } from './allowed-actions';
import { type StatementGrant, statementGrants } from './statement-grants';

/**
 * As `statementGrants`, with those actions alone that the resources of the statement fit. An action that a wildcard, or
 * NotAction, takes in counts only where a resource can be one of its own: `*` on the objects of a bucket gives nothing
 * of CloudTrail. An action that is named counts in any case, since somebody wants it, and so does one of a wildcard that
 * takes in little else, such as `states:SendTask*`.
 */
export function fittingGrants(app: AppModel, roles: readonly AppRole[], wanted: ActionSet): StatementGrant[] {
  return statementGrants(roles, wanted).flatMap((grant) => {
    const actions = fittingActions(app, grant, wanted);
    return actions.length === 0 ? [] : [{ ...grant, actions }];
  });
}

/** Those actions of a grant that its resources fit, as `fittingGrants` has it. */
export function fittingActions(
  app: AppModel,
  { statement, actions, resources: written }: StatementGrant,
  wanted: ActionSet,
): readonly string[] {
  const meant = meantActions(statement, wanted);
  if (written.some(isEverything) || actions.every((name) => meant.has(name))) {
    return actions;
  }
  const resources = written.map((resource) => spelledOut(app, resource));
  return actions.filter((name) => meant.has(name) || resources.some((resource) => fits(name, resource)));
}

const NONE: ReadonlySet<string> = new Set();
const known = new WeakMap<ActionSet, WeakMap<NamedActions, ReadonlySet<string>>>();

/** Those that a statement names, or takes in by a wildcard that takes in little else. */
function meantActions(statement: AppStatement, wanted: ActionSet): ReadonlySet<string> {
  const named = namedActions(statement);
  if (named === undefined) {
    return NONE;
  }
  const ofSet = known.get(wanted) ?? new WeakMap<NamedActions, ReadonlySet<string>>();
  known.set(wanted, ofSet);
  let meant = ofSet.get(named);
  if (meant === undefined) {
    const found = named.byPattern.flatMap((taken) => {
      const among = wanted.among(taken);
      return among.length * 2 >= taken.length ? among : [];
    });
    meant = new Set(found);
    ofSet.set(named, meant);
  }
  return meant;
}

/** Whether a text is nothing but wildcards. */
export function isEverything(resource: PolicyText): boolean {
  const [only] = resource;
  return resource.length === 1 && typeof only === 'string' && /^[*?]*\*[*?]*$/.test(only);
}

function fits(action: string, resource: PolicyText): boolean {
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
  const region = spelled.global ? '' : 'us-east-1';
  const owner = spelled.service === 's3' ? ':' : `${region}:111122223333`;
  return text(
    `arn:aws:${spelled.service}:${owner}:${tail.join('')}`,
    place.rest.length === 0 ? behindArn(place.resource.type) : place.rest,
  );
}
