import { text } from '../document/text';
import { actionGlob } from '../match/action-glob';
import { matchesGlob } from '../match/glob';
import type { AccessLevel } from '../reference/access-level';
import { COMPILED_LEVELS, compiledReference } from '../reference/compiled-reference';

/** An action: of the catalogue, of a policy, or one that AWS may add. */
export interface ComparedAction {
  readonly name: string;
  /** In lower case. */
  readonly key: string;
  /** Its place in the catalogue. */
  readonly number?: number;
  /** Known for actions of the catalogue only. */
  readonly level?: AccessLevel;
  /** No catalogue and no policy has it yet. */
  readonly isFuture: boolean;
}

/** All actions of the service reference in one list, for the actions of a pattern to be a list of numbers. */
interface Catalogue {
  /** One service after the other. */
  readonly actions: readonly ComparedAction[];
  readonly numbers: ReadonlyMap<string, number>;
  readonly services: ReadonlyMap<string, { readonly first: number; readonly end: number }>;
}

const MOST_PATTERNS = 4096;

let loaded: Catalogue | undefined;
const matched = new Map<string, Uint32Array>();

/** The catalogue, made when it is first needed. */
export function actionCatalogue(): Catalogue {
  loaded ??= load();
  return loaded;
}

/**
 * The numbers of the actions that a pattern matches, in order. What was asked once is known from then on.
 *
 * @param pattern In lower case.
 */
export function matchingActions(pattern: string): Uint32Array {
  let numbers = matched.get(pattern);
  if (numbers === undefined) {
    if (matched.size >= MOST_PATTERNS) {
      matched.clear();
    }
    numbers = Uint32Array.from(match(pattern));
    matched.set(pattern, numbers);
  }
  return numbers;
}

/** What it costs at most to ask for a pattern, in steps. The same whatever is known: an answer must not depend on that. */
export function matchingCost(pattern: string): number {
  return /[*?]/.test(pattern) ? (pattern.includes(':') ? 60 : 3000) : 0.2;
}

function match(pattern: string): number[] {
  const { actions, numbers, services } = actionCatalogue();
  if (!/[*?]/.test(pattern)) {
    const exact = numbers.get(pattern);
    return exact === undefined ? [] : [exact];
  }
  const glob = actionGlob(text(pattern));
  const colon = glob.prefix.indexOf(':');
  const range = colon < 0 ? { first: 0, end: actions.length } : services.get(glob.prefix.slice(0, colon));
  const found: number[] = [];
  for (let number = range?.first ?? 0; number < (range?.end ?? 0); number++) {
    if (matchesGlob(glob, actions[number]?.key ?? '')) {
      found.push(number);
    }
  }
  return found;
}

function load(): Catalogue {
  const actions: ComparedAction[] = [];
  const services = new Map<string, { first: number; end: number }>();
  for (const [prefix, service] of Object.entries(compiledReference().services)) {
    const first = actions.length;
    for (const [suffix, letter] of service.actions) {
      const name = `${prefix}:${suffix}`;
      const level = COMPILED_LEVELS[letter];
      actions.push({ name, key: name.toLowerCase(), number: actions.length, level, isFuture: false });
    }
    services.set(prefix, { first, end: actions.length });
  }
  return { actions, numbers: new Map(actions.map(({ key }, number) => [key, number])), services };
}
