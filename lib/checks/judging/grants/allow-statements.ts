import type { AppRole } from '../../../access/app/app-role';
import type { AppStatement } from '../../../access/app/app-statement';

/** A statement, and the roles that it reaches. */
export interface ReachingStatement {
  readonly statement: AppStatement;
  readonly roles: readonly AppRole[];
}

const known = { Allow: newCache(), Deny: newCache() };

function newCache(): WeakMap<readonly AppRole[], readonly ReachingStatement[]> {
  return new WeakMap();
}

/** The statements with an effect that reach these roles, each once, in the order of the roles. */
export function statementsReaching(roles: readonly AppRole[], effect: 'Allow' | 'Deny'): readonly ReachingStatement[] {
  let found = known[effect].get(roles);
  if (found === undefined) {
    found = collected(roles, effect);
    known[effect].set(roles, found);
  }
  return found;
}

function collected(roles: readonly AppRole[], effect: 'Allow' | 'Deny'): ReachingStatement[] {
  const found = new Map<AppStatement, AppRole[]>();
  for (const role of roles) {
    for (const statement of role.statements) {
      if (statement.statement.effect === effect) {
        const reached = found.get(statement);
        if (reached === undefined) {
          found.set(statement, [role]);
        } else {
          reached.push(role);
        }
      }
    }
  }
  return [...found].map(([statement, reached]) => ({ statement, roles: reached }));
}
