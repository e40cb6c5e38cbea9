import type { AppRole } from '../../access/app/app-role';
import type { AppStatement } from '../../access/app/app-statement';
import { literalOf, type PolicyText } from '../../policy/document/text';
import { fitsShape } from '../../policy/reference/arn-shape';
import { findAction } from '../../policy/reference/service-reference';
import type { ActionSet } from './allowed-actions';
import { type StatementGrant, statementGrants } from './statement-grants';

/**
 * As `statementGrants`, with those actions alone that the resources of the statement fit. An action that a wildcard, or
 * NotAction, takes in counts only where a resource can be one of its own: `*` on the objects of a bucket gives nothing
 * of CloudTrail. An action that is named counts in any case, since somebody wants it.
 */
export function fittingGrants(roles: readonly AppRole[], wanted: ActionSet): StatementGrant[] {
  return statementGrants(roles, wanted).flatMap((grant) => {
    const actions = fittingActions(grant);
    return actions.length === 0 ? [] : [{ ...grant, actions }];
  });
}

function fittingActions({ statement, actions, resources }: StatementGrant): string[] {
  const named = namedActions(statement);
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
