import { PARTS, splitParts } from './arn-like';
import { ANY, ANY_IN_PART, compileGlob, type Glob, type GlobToken, ONE, ONE_IN_PART } from './glob';

/**
 * Makes a pattern of Resource or NotResource ready to match; a resource matches when one of the globs does.
 *
 * In the first five parts of an ARN, wildcards stay within their part, except that a `*` that ends a part may run past
 * the colon. In the sixth part, and in anything that does not start with `arn:`, wildcards take every letter.
 *
 * @param complete Whether an ARN with fewer than six parts gets a `*` for each missing one, as in policies of
 *   identities. Since a `*` may run past colons, such an ARN is also taken as it stands.
 */
export function resourceGlobs(pattern: readonly GlobToken[], complete: boolean): readonly Glob[] {
  const parts = splitParts(pattern);
  if (parts.length === 1 || parts[0]?.some((token) => typeof token !== 'string') || parts[0]?.join('') !== 'arn') {
    return [compileGlob(pattern)];
  }
  const missing = complete ? PARTS - parts.length : 0;
  const asWritten = compileGlob(arnTokens(parts));
  return missing === 0
    ? [asWritten]
    : [
        asWritten,
        compileGlob(arnTokens([...parts, ...Array.from<unknown, GlobToken[]>({ length: missing }, () => [ANY])])),
      ];
}

function arnTokens(parts: readonly (readonly GlobToken[])[]): GlobToken[] {
  return parts.flatMap((part, index) => [
    ...(index === 0 ? [] : [':']),
    ...(index < PARTS - 1 ? headPart(part) : part),
  ]);
}

function headPart(part: readonly GlobToken[]): GlobToken[] {
  return part.map((token, index) => {
    if (token === ONE) {
      return ONE_IN_PART;
    }
    return token === ANY && index < part.length - 1 ? ANY_IN_PART : token;
  });
}
