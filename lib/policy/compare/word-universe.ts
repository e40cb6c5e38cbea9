import type { Letter } from '../match/glob';

/**
 * Which words can stand in a request at all:
 *
 * - `resources`: `*`, ARNs of six parts, and whatever does not start as an ARN. What starts with `arn:` and has fewer
 *   parts is in no request.
 * - `arns`: ARNs of six parts.
 * - `texts`: anything.
 */
export type WordUniverse = 'resources' | 'arns' | 'texts';

const BEGINNING: readonly string[] = ['a', 'r', 'n', ':'];
const OTHER = 100;
const COLONS = 5;

/**
 * The state after one more letter. States below `OTHER` count letters of `arn:`, then colons. An atom may bring as many
 * colons as are missing.
 */
export function stepUniverse(state: number, letter: Letter): number {
  if (typeof letter === 'object') {
    return state < BEGINNING.length + COLONS - 1 ? OTHER : state;
  }
  if (state >= BEGINNING.length) {
    return letter === ':' && state < BEGINNING.length + COLONS - 1 ? state + 1 : state;
  }
  return letter === BEGINNING[state] ? state + 1 : OTHER;
}

/** Whether a word may end in this state. */
export function isWord(universe: WordUniverse, state: number): boolean {
  const isArn = state === BEGINNING.length + COLONS - 1;
  switch (universe) {
    case 'texts':
      return true;
    case 'arns':
      return isArn;
    default:
      return isArn || state < BEGINNING.length || state === OTHER;
  }
}

/** The letters that make a difference to the universe from here on; none once all is settled. */
export function universeLetters(universe: WordUniverse, state: number): readonly string[] {
  if (universe === 'texts' || state >= BEGINNING.length + COLONS - 1) {
    return [];
  }
  return state < BEGINNING.length ? BEGINNING.slice(state, state + 1) : [':'];
}

/** Whether no word can come of this state. */
export function isHopeless(universe: WordUniverse, state: number): boolean {
  return universe === 'arns' && state === OTHER;
}
