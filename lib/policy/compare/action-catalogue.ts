import { text } from '../document/text';
import { actionGlob } from '../match/action-glob';
import { matchesGlob } from '../match/glob';
import type { AccessLevel } from '../reference/access-level';
import { COMPILED_LEVELS, compiledReference } from '../reference/compiled-reference';

/** All actions of the service reference in one list, for the actions of a pattern to be a list of numbers. */
interface Catalogue {
  /** Spelt as AWS spells them, one service after the other. */
  readonly names: readonly string[];
  /** In lower case. */
  readonly keys: readonly string[];
  readonly levels: readonly AccessLevel[];
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

function match(pattern: string): number[] {
  const { keys, numbers, services } = actionCatalogue();
  if (!/[*?]/.test(pattern)) {
    const exact = numbers.get(pattern);
    return exact === undefined ? [] : [exact];
  }
  const glob = actionGlob(text(pattern));
  const colon = glob.prefix.indexOf(':');
  const range = colon < 0 ? { first: 0, end: keys.length } : services.get(glob.prefix.slice(0, colon));
  const found: number[] = [];
  for (let number = range?.first ?? 0; number < (range?.end ?? 0); number++) {
    if (matchesGlob(glob, keys[number] ?? '')) {
      found.push(number);
    }
  }
  return found;
}

function load(): Catalogue {
  const names: string[] = [];
  const levels: AccessLevel[] = [];
  const services = new Map<string, { first: number; end: number }>();
  for (const [prefix, service] of Object.entries(compiledReference().services)) {
    const first = names.length;
    for (const [name, level] of service.actions) {
      names.push(`${prefix}:${name}`);
      levels.push(COMPILED_LEVELS[level]);
    }
    services.set(prefix, { first, end: names.length });
  }
  const keys = names.map((name) => name.toLowerCase());
  return { names, keys, levels, numbers: new Map(keys.map((key, number) => [key, number])), services };
}
