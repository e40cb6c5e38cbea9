import type { TextTemplate } from '../condition/policy-variable';
import type { Atom } from '../document/text';
import { PARTS, splitParts } from '../match/arn-like';
import { ANY, ANY_IN_PART, type GlobToken, globTokens, lettersOf, ONE, ONE_IN_PART } from '../match/glob';
import { isAtomToken } from './glob-automaton';

/**
 * How a wildcard in the first five parts of an ARN is read. IAM's documentation allows all three:
 *
 * - `mixed`: it stays within its part, except that a `*` that ends the part may run past the colon. The evaluator's.
 * - `whole`: the ARN is one text, and it takes every letter.
 * - `parts`: it never leaves its part.
 */
export type ArnReading = 'mixed' | 'whole' | 'parts';

/** What a pattern of Resource matches: one of the alternatives. */
export interface ResourceTokens {
  /** The letters that requests can have, and what matches for sure. */
  readonly must: readonly (readonly GlobToken[])[];
  /** What cannot be ruled out. The same as `must` unless an atom stands where the parts of the ARN are decided. */
  readonly may: readonly (readonly GlobToken[])[];
  /** Whether atoms or policy variables are part of it. */
  readonly opaque: boolean;
}

const VARIABLE = '\u0000variable ';

/** The tokens of a text, with an atom in the place of each policy variable. */
export function templateTokens(template: TextTemplate): GlobToken[] {
  return template.flatMap((part) => {
    if ('plain' in part) {
      return globTokens(part.plain);
    }
    if ('exact' in part) {
      return lettersOf(part.exact);
    }
    const { key, fallback } = part.variable;
    return [
      { atom: VARIABLE + JSON.stringify(fallback === undefined ? [key.toLowerCase()] : [key.toLowerCase(), fallback]) },
    ];
  });
}

/** The context key and the fallback of an atom that stands for a policy variable; undefined for other atoms. */
export function variableOf(atom: Atom): { key: string; fallback?: string } | undefined {
  if (!atom.atom.startsWith(VARIABLE)) {
    return undefined;
  }
  const [key = '', fallback]: string[] = JSON.parse(atom.atom.slice(VARIABLE.length));
  return { key, ...(fallback === undefined ? {} : { fallback }) };
}

/** Whether the three readings of a pattern differ: a wildcard stands in the first five parts of an ARN. */
export function readingsDiffer(tokens: readonly GlobToken[]): boolean {
  return (
    startsAsArn(tokens) &&
    splitParts(tokens).some((part, index) => index < PARTS - 1 && part.some((token) => typeof token === 'symbol'))
  );
}

/**
 * @param complete Whether an ARN with missing parts gets a `*` for each, as `resourceGlobs` says.
 * @param isPlain Whether an atom is plain text. At the beginning of a pattern that is a whole ARN.
 */
export function resourceTokens(
  tokens: readonly GlobToken[],
  complete: boolean,
  reading: ArnReading,
  isPlain: (atom: string) => boolean = () => false,
): ResourceTokens {
  const opaque = tokens.some(isAtomToken);
  const parts = splitParts(tokens);
  const partsUncertain = opaque && parts.some((part, index) => index < PARTS - 1 && part.some(isAtomToken));
  if (partsUncertain) {
    const [first] = tokens;
    const isWhole = isAtomToken(first) && isPlain(first.atom);
    // However many parts turn out to be missing, what completes them begins with a colon.
    const may: (readonly GlobToken[])[] = complete && !isWhole ? [tokens, [...tokens, ':', ANY]] : [tokens];
    return { must: [inParts(tokens)], may, opaque };
  }
  if (!startsAsArn(tokens)) {
    return { must: [tokens], may: [tokens], opaque };
  }
  const written = joined(parts.map((part, index) => (index < PARTS - 1 ? headPart(part, reading) : part)));
  const padded = complete && parts.length < PARTS ? completed(parts) : undefined;
  const alternatives =
    padded === undefined
      ? [written]
      : [written, joined(padded.map((part, index) => (index < PARTS - 1 ? headPart(part, reading) : part)))];
  return { must: alternatives, may: alternatives, opaque };
}

/** Whether a pattern begins with `arn:`. */
export function startsAsArn(tokens: readonly GlobToken[]): boolean {
  return ['a', 'r', 'n', ':'].every((letter, index) => tokens[index] === letter);
}

function completed(parts: readonly (readonly GlobToken[])[]): (readonly GlobToken[])[] {
  return [...parts, ...Array.from({ length: Math.max(0, PARTS - parts.length) }, (): GlobToken[] => [ANY])];
}

function joined(parts: readonly (readonly GlobToken[])[]): GlobToken[] {
  return parts.flatMap((part, index) => (index === 0 ? part : [':', ...part]));
}

function headPart(part: readonly GlobToken[], reading: ArnReading): readonly GlobToken[] {
  if (reading === 'whole') {
    return part;
  }
  return part.map((token, index) => {
    if (token === ONE) {
      return ONE_IN_PART;
    }
    const runsOn = reading === 'mixed' && index === part.length - 1;
    return token === ANY && !runsOn ? ANY_IN_PART : token;
  });
}

/** Where an atom may bring colons of its own, only a `*` that ends a part takes every letter for sure. */
function inParts(tokens: readonly GlobToken[]): GlobToken[] {
  return tokens.map((token, index) => {
    const next = tokens[index + 1];
    if (token === ONE) {
      return ONE_IN_PART;
    }
    return token === ANY && next !== undefined && next !== ':' ? ANY_IN_PART : token;
  });
}
