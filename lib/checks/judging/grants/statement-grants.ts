import type { AppRole } from '../../../access/app/app-role';
import type { AppStatement } from '../../../access/app/app-statement';
import { displayText, distinctTexts, type PolicyText } from '../../../policy/document/text';
import type { ActionSet } from './allowed-actions';
import { grantsOf, type RoleGrant } from './role-grants';

/** What one statement allows out of a set of actions, to all the roles that it reaches. */
export interface StatementGrant {
  readonly statement: AppStatement;
  readonly roles: readonly AppRole[];
  /** As the reference spells them. */
  readonly actions: readonly string[];
  readonly resources: readonly PolicyText[];
}

/**
 * What the statements of these roles allow out of a set of actions, each statement once: a policy that several roles
 * share, and a statement of which denies left different parts, are one cause each.
 *
 * @param keep Leaves out grants that a rule is not about.
 */
export function statementGrants(
  roles: readonly AppRole[],
  wanted: ActionSet,
  keep: (grant: RoleGrant, role: AppRole) => boolean = () => true,
): StatementGrant[] {
  const found = new Map<AppStatement, { roles: AppRole[]; grants: RoleGrant[] }>();
  for (const role of roles) {
    for (const grant of grantsOf(role, wanted)) {
      if (!keep(grant, role)) {
        continue;
      }
      const known = found.get(grant.statement);
      if (known === undefined) {
        found.set(grant.statement, { roles: [role], grants: [grant] });
      } else {
        known.roles.push(role);
        known.grants.push(grant);
      }
    }
  }
  if (found.size === 0) {
    return [];
  }
  return [...found].map(([statement, { roles: reached, grants }]) => ({
    statement,
    roles: reached.length === 1 ? reached : [...new Set(reached)],
    ...united(grants),
  }));
}

function united(grants: readonly RoleGrant[]): Pick<StatementGrant, 'actions' | 'resources'> {
  const [first] = grants;
  if (grants.length === 1 && first !== undefined && first.resources.length === 1) {
    return { actions: first.actions, resources: first.resources };
  }
  const resources = grants.flatMap((grant) => grant.resources);
  return {
    actions: [...new Set(grants.flatMap(({ actions }) => actions))],
    resources: distinctTexts(resources),
  };
}

/** A request that a grant allows, for people: `logs:DeleteLogGroup on arn:...`. */
export function exampleOf({ actions, resources }: Pick<StatementGrant, 'actions' | 'resources'>): string {
  return `${actions[0] ?? ''} on ${displayText(resources[0] ?? [])}`;
}

/** The roles of a grant, or of a statement that reaches them, for people. */
export function rolesShown({ roles }: { readonly roles: readonly AppRole[] }): string {
  return roles.map(({ resource }) => resource.title).join(' and ');
}
