import { literalOf, type PolicyText, textKey } from '../document/text';
import { conditionKey, type TextStatement } from './text-statement';

/** One action on one resource that a statement asks for and the working set does not give. */
export interface UncoveredRequest {
  readonly action: PolicyText;
  readonly resource: PolicyText;
}

/** What a statement asks for beyond the working set. */
export interface Coverage {
  /** Actions on resources that no working-set statement gives. Empty when the statement is covered. */
  readonly uncovered: readonly UncoveredRequest[];
  /** Why the statement can't be compared action by action, when it can't: it then counts as not covered. */
  readonly undecided?: string;
}

interface GivenAccess {
  readonly conditions: readonly string[];
}

/**
 * The statements an agent's working set is made of, ready to be asked what they cover.
 *
 * Covered means: each action and each resource of the asking statement stands literally in the working set,
 * there with the same conditions or with fewer. Letter case of actions and condition keys does not matter.
 */
export class WorkingSet {
  private readonly given = new Map<string, GivenAccess[]>();

  public constructor(statements: Iterable<TextStatement>) {
    for (const statement of statements) {
      if (statement.effect !== 'Allow') {
        continue;
      }
      const conditions = statement.conditions.map(conditionKey);
      for (const action of statement.actions ?? []) {
        for (const resource of statement.resources ?? []) {
          const key = accessKey(action, resource);
          const entries = this.given.get(key);
          if (entries) {
            entries.push({ conditions });
          } else {
            this.given.set(key, [{ conditions }]);
          }
        }
      }
    }
  }

  /** True when some statement of the working set gives this action on this resource, under any condition. */
  public gives(action: string, resource: PolicyText): boolean {
    return this.given.has(accessKey([action], resource));
  }

  /** What `statement`, an Allow, asks for beyond this working set. */
  public coverage(statement: TextStatement): Coverage {
    if (statement.notActions !== undefined) {
      return { uncovered: [], undecided: 'it allows everything but a list (NotAction)' };
    }
    if (statement.notResources !== undefined) {
      return { uncovered: [], undecided: 'it allows all resources but a list (NotResource)' };
    }
    if (!statement.actions?.length || !statement.resources?.length) {
      return { uncovered: [], undecided: `it names no ${statement.actions?.length ? 'resource' : 'action'}` };
    }
    const asked = new Set(statement.conditions.map(conditionKey));
    const uncovered: UncoveredRequest[] = [];
    for (const action of statement.actions) {
      for (const resource of statement.resources) {
        const entries = this.given.get(accessKey(action, resource)) ?? [];
        if (!entries.some((entry) => entry.conditions.every((condition) => asked.has(condition)))) {
          uncovered.push({ action, resource });
        }
      }
    }
    return { uncovered };
  }
}

function accessKey(action: PolicyText, resource: PolicyText): string {
  const literal = literalOf(action);
  return `${literal === undefined ? textKey(action) : literal.toLowerCase()}|${textKey(resource)}`;
}
