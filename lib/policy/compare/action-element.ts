import type { PatternElement } from '../document/policy-document';
import { isLiteral, literalOf, textKey } from '../document/text';
import { matchesAction } from '../match/action-glob';
import { matchingActions, matchingCost } from './action-catalogue';
import { FREE, NO, type Truth, YES } from './truth';

/** Action or NotAction, or some patterns of an Action. */
export class ActionElement {
  /** The same for elements that match the same actions by the same words. */
  public readonly key: string;
  /** The known patterns, in lower case. */
  public readonly patterns: readonly string[];
  private readonly everything: boolean;
  private listed: ReadonlySet<number> | undefined;

  public constructor(
    public readonly negated: boolean,
    patterns: readonly string[],
    /** Names of the patterns that atoms are part of. */
    public readonly unknown: readonly string[],
  ) {
    this.patterns = [...new Set(patterns)].sort();
    this.everything = this.patterns.some((pattern) => /^\*+(:\*+)?$/.test(pattern));
    this.key = JSON.stringify([negated, this.patterns, [...unknown].sort()]);
  }

  /** Reads the element of a statement. */
  public static of(element: PatternElement): ActionElement {
    const known = element.patterns.map(literalOf).filter((pattern) => pattern !== undefined);
    const unknown = element.patterns.filter((pattern) => !isLiteral(pattern)).map(textKey);
    return new ActionElement(
      element.negated,
      known.map((pattern) => pattern.toLowerCase()),
      unknown,
    );
  }

  /** What it costs to find `members`, in steps. */
  public get cost(): number {
    return this.everything ? 0 : this.patterns.reduce((sum, pattern) => sum + matchingCost(pattern), 0);
  }

  /**
   * The actions of the catalogue that tell this element from one that matches all or none: all other actions are on the
   * same side.
   */
  public get members(): ReadonlySet<number> {
    if (this.listed === undefined) {
      const listed = new Set<number>();
      for (const pattern of this.everything ? [] : this.patterns) {
        for (const number of matchingActions(pattern)) {
          listed.add(number);
        }
      }
      this.listed = listed;
    }
    return this.listed;
  }

  /** Whether the actions outside of `members` match. */
  public get matchesOthers(): boolean {
    return this.everything !== this.negated;
  }

  /** Whether an action matches. `FREE` when only patterns with atoms could match it. */
  public matches(action: { readonly number?: number; readonly key: string }): Truth {
    const listed =
      this.everything || (action.number === undefined ? this.matchesName(action.key) : this.members.has(action.number));
    if (listed) {
      return this.negated ? NO : YES;
    }
    return this.unknown.length > 0 ? FREE : this.negated ? YES : NO;
  }

  private matchesName(key: string): boolean {
    return this.patterns.some((pattern) => matchesAction([pattern], key));
  }
}
