import { literalOf } from '../document/text';
import { stringLike } from '../match/string-like';
import type { Comparisons } from './comparison';
import { resolvePattern, resolveText, type TextTemplate } from './policy-variable';
import type { RequestContext } from './request-context';

/** StringEquals takes `*` and `?` literally; only StringLike has wildcards. */
export const STRING_OPERATORS: Comparisons = {
  StringEquals: (policyValue, requestValue, context) => known(policyValue, context) === requestValue,
  StringEqualsIgnoreCase: (policyValue, requestValue, context) =>
    known(policyValue, context)?.toLowerCase() === requestValue.toLowerCase(),
  StringLike: (policyValue, requestValue, context) => {
    const pattern = resolvePattern(policyValue, context);
    return pattern !== undefined && stringLike(pattern, requestValue);
  },
};

function known(policyValue: TextTemplate, context: RequestContext): string | undefined {
  const resolved = resolveText(policyValue, context);
  return resolved && literalOf(resolved);
}
