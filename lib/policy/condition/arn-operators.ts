import { arnLike } from '../match/arn-like';
import type { Comparison, Comparisons } from './comparison';
import { resolvePattern } from './policy-variable';

const compare: Comparison = (policyValue, requestValue, context) => {
  const pattern = resolvePattern(policyValue, context);
  return pattern !== undefined && arnLike(pattern, requestValue);
};

/** ArnEquals and ArnLike are the same operator. */
export const ARN_OPERATORS: Comparisons = { ArnEquals: compare, ArnLike: compare };
