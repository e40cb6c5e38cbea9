import { ANY, compileGlob, type GlobToken, matchesGlob } from './glob';

/** How many parts an ARN has: arn, partition, service, region, account, resource. */
export const PARTS = 6;

/**
 * Whether the pattern matches an ARN part by part, as ArnLike and ArnEquals do: each of the six parts between colons is
 * compared on its own, so a wildcard never runs into the next part. The sixth part keeps its colons.
 *
 * A lone `*` matches every ARN. Other patterns, and values, with fewer than six parts match nothing.
 */
export function arnLike(pattern: readonly GlobToken[], value: string): boolean {
  const parts = splitParts(Array.from(value));
  if (parts.length < PARTS || parts[0]?.join('') !== 'arn') {
    return false;
  }
  if (pattern.length === 1 && pattern[0] === ANY) {
    return true;
  }
  const patterns = splitParts(pattern);
  return (
    patterns.length === PARTS &&
    patterns.every((part, index) => matchesGlob(compileGlob(part), parts[index]?.join('') ?? ''))
  );
}

/** Splits at the first five colons. */
export function splitParts<T>(letters: readonly T[]): T[][] {
  const parts: T[][] = [[]];
  for (const letter of letters) {
    if (letter === ':' && parts.length < PARTS) {
      parts.push([]);
    } else {
      parts.at(-1)?.push(letter);
    }
  }
  return parts;
}
