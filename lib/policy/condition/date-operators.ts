import type { Comparison, Comparisons } from './comparison';
import { constantValue } from './constant-value';
import { parseInstant } from './instant';

/** A value that is no date compares with nothing. Wildcards and policy variables do not exist here. */
export const DATE_OPERATORS: Comparisons = {
  DateEquals: date((got, wanted) => got === wanted),
  DateLessThan: date((got, wanted) => got < wanted),
  DateLessThanEquals: date((got, wanted) => got <= wanted),
  DateGreaterThan: date((got, wanted) => got > wanted),
  DateGreaterThanEquals: date((got, wanted) => got >= wanted),
};

function date(holds: (got: number, wanted: number) => boolean): Comparison {
  return (policyValue, requestValue) => {
    const wanted = parseInstant(constantValue(policyValue) ?? '');
    const got = parseInstant(requestValue);
    return wanted !== undefined && got !== undefined && holds(got, wanted);
  };
}
