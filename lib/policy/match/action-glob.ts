import { isLiteral, type PolicyText } from '../document/text';
import { compileGlob, type Glob, globTokens, matchesGlob } from './glob';

/** Makes a pattern of Action or NotAction ready to match. */
export function actionGlob(pattern: PolicyText): Glob {
  return compileGlob(globTokens(pattern.map((part) => (typeof part === 'string' ? part.toLowerCase() : part))));
}

/** Whether the pattern matches the action. Case never matters; `*` and `?` are wildcards in the prefix too. */
export function matchesAction(pattern: PolicyText | Glob, action: string): boolean {
  const glob = isPattern(pattern) ? actionGlob(pattern) : pattern;
  return matchesGlob(glob, action.toLowerCase());
}

/** Whether the pattern is one action's name and no wildcard. */
export function isExactAction(pattern: PolicyText): boolean {
  return isLiteral(pattern) && !globTokens(pattern).some((token) => typeof token === 'symbol');
}

function isPattern(pattern: PolicyText | Glob): pattern is PolicyText {
  return Array.isArray(pattern);
}
