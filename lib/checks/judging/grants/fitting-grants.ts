import type { AppModel } from '../../../access/app/app-model';
import type { AppRole } from '../../../access/app/app-role';
import type { AppStatement } from '../../../access/app/app-statement';
import { literalOf } from '../../../policy/document/text';
import { findAction } from '../../../policy/reference/service-reference';
import { type ActionSet, type NamedActions, namedActions } from './allowed-actions';
import { isEverything, isOwnResource, type KnownResource, knownResource } from './known-resource';
import { type StatementGrant, statementGrants } from './statement-grants';

/**
 * As `statementGrants`, with those actions alone that the resources of the statement fit. An action that a wildcard, or
 * NotAction, takes in counts only where a resource can be one of its own: `*` on the objects of a bucket gives nothing
 * of CloudTrail. An action that is named counts in any case, since somebody wants it, and so does one that takes no
 * resource and comes by a wildcard for little else, such as `states:SendTask*`.
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
  const resources = written.map((resource) => knownResource(app, resource));
  return actions.filter((name) => meant.has(name) || isTaken(name, resources));
}

const NONE: ReadonlySet<string> = new Set();
const known = new WeakMap<ActionSet, WeakMap<NamedActions, ReadonlySet<string>>>();

/** Those that a statement names, or means by a wildcard. */
export function meantActions(statement: AppStatement, wanted: ActionSet): ReadonlySet<string> {
  const named = namedActions(statement);
  if (named === undefined) {
    return NONE;
  }
  const ofSet = known.get(wanted) ?? new WeakMap<NamedActions, ReadonlySet<string>>();
  known.set(wanted, ofSet);
  let meant = ofSet.get(named);
  if (meant === undefined) {
    const found = named.byPattern.flatMap((taken, index) => {
      const pattern = literalOf(statement.statement.action.patterns[index] ?? []) ?? '';
      const among = wanted.among(taken);
      if (!/[*?]/.test(pattern)) {
        return among;
      }
      // `iam:*` and `iam:*Policy*` mean nothing above the rest.
      const isAboutThem = among.length * 2 >= taken.length && !/:[*?]/.test(pattern);
      return isAboutThem ? among.filter(takesNoResource) : [];
    });
    meant = new Set(found);
    ofSet.set(named, meant);
  }
  return meant;
}

function takesNoResource(name: string): boolean {
  return findAction(name)?.resourceTypes.length === 0;
}

function isTaken(name: string, resources: readonly KnownResource[]): boolean {
  const action = findAction(name);
  return action !== undefined && resources.some((resource) => isOwnResource(resource, action));
}
