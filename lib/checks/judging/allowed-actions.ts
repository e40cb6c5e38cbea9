import type { AppStatement } from '../../access/app/app-statement';
import { literalOf, type PolicyText, text, textKey } from '../../policy/document/text';
import { actionGlob, matchesAction } from '../../policy/match/action-glob';
import { actionsLike, findAction } from '../../policy/reference/service-reference';

const expansions = new Map<string, readonly string[]>();
/** By the letters as they stand: every rule asks of every pattern, and most stand in many policies. */
const written = new Map<string, readonly string[]>();

/** The actions of the reference that a pattern of Action matches, as the reference spells them. */
export function expansionOf(pattern: PolicyText): readonly string[] {
  const [first] = pattern;
  if (pattern.length !== 1 || typeof first !== 'string') {
    return knownExpansion(pattern);
  }
  let found = written.get(first);
  if (found === undefined) {
    found = knownExpansion(pattern);
    written.set(first, found);
  }
  return found;
}

function knownExpansion(pattern: PolicyText): readonly string[] {
  const key = textKey(pattern).toLowerCase();
  const known = expansions.get(key);
  if (known !== undefined) {
    return known;
  }
  const literal = literalOf(pattern);
  const exact = literal !== undefined && !/[*?]/.test(literal) ? findAction(literal) : undefined;
  const found = exact ? [exact.name] : literal === undefined || !/[*?]/.test(literal) ? [] : actionsLike(pattern);
  expansions.set(key, found);
  return found;
}

/** Names and patterns of actions, or what finds them in the reference. */
type Actions = string | (() => readonly string[]);

/** A reviewed set of actions, from names and patterns such as `organizations:Create*`. */
export class ActionSet {
  private found?: ReadonlySet<string>;
  private others: readonly ActionSet[] = [];
  private test?: (action: string) => boolean;
  private readonly tested = new Map<string, boolean>();
  private readonly actions: readonly Actions[];

  public constructor(...actions: readonly Actions[]) {
    this.actions = actions;
  }

  /** Looked up when it is first asked for: rules have their sets as constants, and importing them must cost nothing. */
  public get names(): ReadonlySet<string> {
    this.found ??= new Set([
      ...this.actions
        .flatMap((given) => (typeof given === 'string' ? [given] : given()))
        .flatMap((pattern) => expansionOf(text(pattern))),
      ...this.others.flatMap(({ names }) => [...names].filter((name) => this.test?.(name) ?? true)),
    ]);
    return this.found;
  }

  /** Whether an action, spelt as the reference spells it, is in the set. */
  public has(action: string): boolean {
    if (this.test === undefined) {
      return this.names.has(action);
    }
    let known = this.tested.get(action);
    if (known === undefined) {
      known = this.others.some((other) => other.has(action)) && this.test(action);
      this.tested.set(action, known);
    }
    return known;
  }

  /** Those of its actions that a test holds for. */
  public only(test: (action: string) => boolean): ActionSet {
    const some = new ActionSet();
    some.others = [this];
    some.test = test;
    return some;
  }

  /** The actions of both. */
  public and(other: ActionSet): ActionSet {
    const both = new ActionSet();
    both.others = [this, other];
    return both;
  }
}

/** The actions of a set that a statement speaks of, whatever its effect, resources and conditions. */
export function actionsOf({ statement }: AppStatement, wanted: ActionSet): string[] {
  const { negated, patterns } = statement.action;
  if (!negated) {
    let named: Set<string> | undefined;
    for (const pattern of patterns) {
      for (const action of isAll(pattern) ? wanted.names : expansionOf(pattern)) {
        if (wanted.has(action)) {
          named ??= new Set();
          named.add(action);
        }
      }
    }
    return named === undefined ? [] : [...named];
  }
  const globs = patterns.map(actionGlob);
  return [...wanted.names].filter((action) => !globs.some((glob) => matchesAction(glob, action)));
}

/** The actions that a statement names, whatever set is asked for; nothing where it names them by leaving others out. */
export function namedActions({ statement }: AppStatement): readonly string[] | undefined {
  const { negated, patterns } = statement.action;
  return negated || patterns.some(isAll) ? undefined : [...new Set(patterns.flatMap(expansionOf))];
}

/** Whether a statement speaks of an action. */
export function speaksOf({ statement }: AppStatement, action: string): boolean {
  const { negated, patterns } = statement.action;
  return patterns.some((pattern) => isAll(pattern) || matchesAction(pattern, action)) !== negated;
}

function isAll(pattern: PolicyText): boolean {
  const [first] = pattern;
  return typeof first === 'string' && first.startsWith('*') && /^\*+$/.test(literalOf(pattern) ?? '');
}
