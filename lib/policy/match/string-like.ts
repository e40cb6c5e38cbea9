import { compileGlob, type GlobToken, matchesGlob } from './glob';

/** Whether the pattern matches the text as one string: `*` runs across colons and slashes. Case matters. */
export function stringLike(pattern: readonly GlobToken[], value: string): boolean {
  return matchesGlob(compileGlob(pattern), value);
}
