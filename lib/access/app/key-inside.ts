import type { Json } from './json';

/** Templates nest no deeper than this. */
const DEEPEST = 60;

/** The first key, at any depth of a raw value, that a test holds for. No lists of names are made on the way. */
export function keyInside(value: unknown, test: (key: string) => boolean, depth = 0): string | undefined {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) {
    return undefined;
  }
  for (const key in value) {
    const found = test(key) ? key : keyInside((value as Json)[key], test, depth + 1);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
