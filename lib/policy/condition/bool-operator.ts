import { literalOf } from '../document/text';
import type { Comparisons } from './comparison';
import { resolveText } from './policy-variable';

/** Compares `true` and `false`, in any case. Anything else compares with nothing. */
export const BOOL_OPERATOR: Comparisons = {
  Bool: (policyValue, requestValue, context) => {
    const resolved = resolveText(policyValue, context);
    const wanted = resolved && literalOf(resolved)?.toLowerCase();
    return (wanted === 'true' || wanted === 'false') && wanted === requestValue.toLowerCase();
  },
};
