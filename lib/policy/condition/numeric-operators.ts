import type { Comparison, Comparisons } from './comparison';
import { constantValue } from './constant-value';
import { compareDecimals, parseDecimal } from './decimal';

/** A value that is no number compares with nothing. Policy variables do not exist here. */
export const NUMERIC_OPERATORS: Comparisons = {
  NumericEquals: numeric((order) => order === 0),
  NumericLessThan: numeric((order) => order < 0),
  NumericLessThanEquals: numeric((order) => order <= 0),
  NumericGreaterThan: numeric((order) => order > 0),
  NumericGreaterThanEquals: numeric((order) => order >= 0),
};

function numeric(holds: (order: number) => boolean): Comparison {
  return (policyValue, requestValue) => {
    const wanted = parseDecimal(constantValue(policyValue) ?? '');
    const got = parseDecimal(requestValue);
    return wanted !== undefined && got !== undefined && holds(compareDecimals(got, wanted));
  };
}
