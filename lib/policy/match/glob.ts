import { type Atom, type PolicyText, samePart } from '../document/text';

/** One letter of a text, or an atom. An atom is one letter: only itself or a `*` takes it. */
export type Letter = string | Atom;

/** `*`: any letters, none too. */
export const ANY = Symbol('*');
/** `?`: one letter. An atom is none: the value it stands for may be longer or empty. */
export const ONE = Symbol('?');
/** A `*` that stops at a colon. */
export const ANY_IN_PART = Symbol('* up to a colon');
/** A `?` that takes no colon. */
export const ONE_IN_PART = Symbol('? but no colon');

/** One letter of a pattern. */
export type GlobToken = Letter | typeof ANY | typeof ONE | typeof ANY_IN_PART | typeof ONE_IN_PART;

/** A pattern, ready to match. */
export interface Glob {
  /** The literal text before the first wildcard or atom. */
  readonly prefix: string;
  /** What follows the prefix. */
  readonly rest: readonly GlobToken[];
}

/** The tokens of text in which `*` and `?` are wildcards. */
export function globTokens(value: PolicyText): GlobToken[] {
  return lettersOf(value).map((letter) => (letter === '*' ? ANY : letter === '?' ? ONE : letter));
}

/** The letters of a text; characters outside the basic plane count as one. */
export function lettersOf(value: PolicyText | string): Letter[] {
  if (typeof value === 'string') {
    return charactersOf(value);
  }
  const [first] = value;
  return value.length === 1 && typeof first === 'string'
    ? charactersOf(first)
    : value.flatMap<Letter>((part) => (typeof part === 'string' ? charactersOf(part) : [part]));
}

/** The characters of a string. Almost none has one outside the basic plane, and splitting is several times faster. */
function charactersOf(value: string): string[] {
  return /[\ud800-\udfff]/.test(value) ? Array.from(value) : value.split('');
}

/** Makes a pattern ready to match. */
export function compileGlob(tokens: readonly GlobToken[]): Glob {
  const end = tokens.findIndex((token) => typeof token !== 'string');
  const length = end < 0 ? tokens.length : end;
  return { prefix: tokens.slice(0, length).join(''), rest: tokens.slice(length) };
}

/**
 * Whether the pattern matches the whole text.
 *
 * Takes at most (length of the pattern) x (length of the text) steps, whatever the wildcards.
 */
export function matchesGlob(glob: Glob, value: PolicyText | string): boolean {
  const parts = typeof value === 'string' ? [value] : value;
  const first = parts[0] ?? '';
  if (glob.prefix !== '' && !(typeof first === 'string' && first.startsWith(glob.prefix))) {
    return false;
  }
  if (glob.rest.length === 1 && glob.rest[0] === ANY) {
    return true;
  }
  const remaining = typeof first === 'string' ? [first.slice(glob.prefix.length), ...parts.slice(1)] : parts;
  return walk(glob.rest, lettersOf(remaining));
}

/** Follows all ways to match at once: `reached[i]` says that the first `i` tokens match the letters so far. */
function walk(tokens: readonly GlobToken[], letters: readonly Letter[]): boolean {
  let reached = new Uint8Array(tokens.length + 1);
  let next = new Uint8Array(tokens.length + 1);
  reached[0] = 1;
  skipStars(tokens, reached);
  for (const letter of letters) {
    next.fill(0);
    let alive = false;
    for (let index = 0; index < tokens.length; index++) {
      const token = tokens[index];
      if (reached[index] === 1 && token !== undefined && takes(token, letter)) {
        next[isStar(token) ? index : index + 1] = 1;
        alive = true;
      }
    }
    if (!alive) {
      return false;
    }
    skipStars(tokens, next);
    [reached, next] = [next, reached];
  }
  return reached[tokens.length] === 1;
}

function skipStars(tokens: readonly GlobToken[], reached: Uint8Array): void {
  for (let index = 0; index < tokens.length; index++) {
    if (reached[index] === 1 && isStar(tokens[index])) {
      reached[index + 1] = 1;
    }
  }
}

function isStar(token: GlobToken | undefined): boolean {
  return token === ANY || token === ANY_IN_PART;
}

function takes(token: GlobToken, letter: Letter): boolean {
  switch (token) {
    case ANY:
      return true;
    case ANY_IN_PART:
      return letter !== ':';
    case ONE:
      return typeof letter === 'string';
    case ONE_IN_PART:
      return typeof letter === 'string' && letter !== ':';
    default:
      return typeof token !== 'symbol' && samePart(token, letter);
  }
}
