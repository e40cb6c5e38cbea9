import type { AppStatement } from '../../../access/app/app-statement';
import { literalOf, type PolicyText, text, textKey } from '../../../policy/document/text';
import { actionGlob, matchesAction } from '../../../policy/match/action-glob';
import { type Glob, matchesGlob } from '../../../policy/match/glob';
import { actionsLike, findAction } from '../../../policy/reference/service-reference';

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
    keep(written, first, found);
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
  keep(expansions, key, found);
  return found;
}

const EVERY_ACTION = '*';

/** Names and patterns of actions, or what finds them in the reference. */
type Actions = string | (() => readonly string[]);

/** Names in lower case, and patterns. */
interface OwnActions {
  readonly exact: ReadonlySet<string>;
  readonly globs: readonly Glob[];
}

function ownActions(given: readonly string[]): OwnActions {
  const patterns = given.filter((name) => /[*?]/.test(name));
  const names = given.filter((name) => !/[*?]/.test(name));
  return {
    exact: new Set(names.map((name) => name.toLowerCase())),
    globs: patterns.map((pattern) => actionGlob(text(pattern))),
  };
}

/** A reviewed set of actions, from names and patterns such as `organizations:Create*`. */
export class ActionSet {
  private found?: ReadonlySet<string>;
  private given?: readonly string[];
  private own?: OwnActions;
  private others: readonly ActionSet[] = [];
  private test?: (action: string) => boolean;
  private readonly tested = new Map<string, boolean>();
  private readonly shared = new WeakMap<readonly string[], readonly string[]>();
  private readonly actions: readonly Actions[];

  public constructor(...actions: readonly Actions[]) {
    this.actions = actions;
  }

  /** Looked up when it is first asked for: rules have their sets as constants, and importing them must cost nothing. */
  public get names(): ReadonlySet<string> {
    this.found ??= new Set([
      ...this.patterns.flatMap((pattern) => expansionOf(text(pattern))),
      ...this.others.flatMap(({ names }) => [...names].filter((name) => this.test?.(name) ?? true)),
    ]);
    return this.found;
  }

  /**
   * Whether an action, spelt as the reference spells it, is in the set. Most apps name few actions, and looking up all
   * that the patterns of the set stand for takes longer than comparing these.
   */
  public has(action: string): boolean {
    if (this.actions.includes(EVERY_ACTION)) {
      return true;
    }
    let known = this.tested.get(action);
    if (known === undefined) {
      known = this.found?.has(action) ?? this.takes(action);
      this.tested.set(action, known);
    }
    return known;
  }

  /** The names and patterns of its own, once what finds them has looked. */
  private get patterns(): readonly string[] {
    this.given ??= this.actions.flatMap((part) => (typeof part === 'string' ? [part] : part()));
    return this.given;
  }

  private takes(action: string): boolean {
    if (this.others.some((other) => other.has(action))) {
      return this.test?.(action) ?? true;
    }
    this.own ??= ownActions(this.patterns);
    const { exact, globs } = this.own;
    const lower = action.toLowerCase();
    return exact.has(lower) || globs.some((glob) => matchesGlob(glob, lower));
  }

  /** Those of some actions that are in the set. The same list is looked through once. */
  public among(actions: readonly string[]): readonly string[] {
    let shared = this.shared.get(actions);
    if (shared === undefined) {
      shared = actions.filter((action) => this.has(action));
      this.shared.set(actions, shared);
    }
    return shared;
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

/** What an Action element names. */
export interface NamedActions {
  /** As they are written, in one text. */
  readonly key: string;
  /** As the reference spells them, each once. */
  readonly names: readonly string[];
  /** The same, pattern by pattern. */
  readonly byPattern: readonly (readonly string[])[];
}

/** The same few lists of actions stand in most policies of an app: each is looked up once. */
const named = new Map<string, NamedActions>();
const MOST_KEPT = 5000;

/** The actions that a statement names, whatever set is asked for; nothing where it names them by leaving others out. */
export function namedActions({ statement }: AppStatement): NamedActions | undefined {
  const { negated, patterns } = statement.action;
  let found = byPatterns.get(patterns);
  if (found === undefined) {
    found = negated || patterns.some(isAll) ? 'others' : lookedUp(patterns);
    byPatterns.set(patterns, found);
  }
  return found === 'others' ? undefined : found;
}

/** The same by the list itself. */
const byPatterns = new WeakMap<readonly PolicyText[], NamedActions | 'others'>();

function lookedUp(patterns: readonly PolicyText[]): NamedActions {
  const key = patterns.map(textKey).join(' ');
  let known = named.get(key);
  if (known === undefined) {
    const byPattern = patterns.map(expansionOf);
    known = { key, names: [...new Set(byPattern.flat())], byPattern };
    keep(named, key, known);
  }
  return known;
}

const united = new Map<string, readonly string[]>();

/** All names of several lists, as one list that is the same for the same lists. */
export function allNames(lists: readonly NamedActions[]): readonly string[] {
  const key = lists.map((list) => list.key).join('\n');
  let known = united.get(key);
  if (known === undefined) {
    known = [...new Set(lists.flatMap(({ names }) => names))];
    keep(united, key, known);
  }
  return known;
}

function keep<T>(cache: Map<string, T>, key: string, value: T): void {
  if (cache.size < MOST_KEPT) {
    cache.set(key, value);
  }
}

/** Whether a statement speaks of an action. */
export function speaksOf({ statement }: AppStatement, action: string): boolean {
  const { negated, patterns } = statement.action;
  return patterns.some((pattern) => isAll(pattern) || isMatched(pattern, action)) !== negated;
}

function isMatched(pattern: PolicyText, action: string): boolean {
  const [only] = pattern;
  // Most are plain names, and are compared as such.
  return pattern.length === 1 && typeof only === 'string' && !/[*?]/.test(only)
    ? only.length === action.length && only.toLowerCase() === action.toLowerCase()
    : matchesAction(pattern, action);
}

function isAll(pattern: PolicyText): boolean {
  const [first] = pattern;
  return typeof first === 'string' && first.startsWith('*') && /^\*+$/.test(literalOf(pattern) ?? '');
}
