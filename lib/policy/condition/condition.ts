import type { PolicyCondition, PolicyVersion } from '../document/policy-document';
import { ARN_OPERATORS } from './arn-operators';
import { BINARY_OPERATOR } from './binary-operator';
import { BOOL_OPERATOR } from './bool-operator';
import type { Comparison, Comparisons } from './comparison';
import { DATE_OPERATORS } from './date-operators';
import { IP_OPERATORS } from './ip-operators';
import { nullHolds } from './null-operator';
import { NUMERIC_OPERATORS } from './numeric-operators';
import type { ConditionOperator } from './operator';
import { type TextTemplate, textTemplate } from './policy-variable';
import type { RequestContext } from './request-context';
import { STRING_OPERATORS } from './string-operators';

/** A condition, ready to be asked about requests. */
export interface PreparedCondition {
  readonly operator: ConditionOperator;
  readonly key: string;
  readonly values: readonly TextTemplate[];
}

const COMPARISONS: Comparisons = {
  ...STRING_OPERATORS,
  ...NUMERIC_OPERATORS,
  ...DATE_OPERATORS,
  ...BOOL_OPERATOR,
  ...BINARY_OPERATOR,
  ...IP_OPERATORS,
  ...ARN_OPERATORS,
};

/** Finds the variables of a condition's values, once. */
export function prepareCondition(condition: PolicyCondition, version: PolicyVersion): PreparedCondition {
  const values = condition.values.map((value) => textTemplate(value, version));
  return { operator: condition.operator, key: condition.key, values };
}

/**
 * Whether a request meets a condition.
 *
 * | the request's key | positive | negated | ...IfExists | ForAllValues | ForAnyValue |
 * | --- | --- | --- | --- | --- | --- |
 * | is absent | false | true | true | true | false |
 * | has one value | any policy value fits | none fits | as without | as without | as without |
 * | has several values | false | false | as without | holds for each | holds for one |
 *
 * A set operator sees a key whose values are all empty strings as absent. IAM demands a set operator where a key can
 * have several values; a condition without one is not met by several values, negated or not.
 */
export function conditionHolds(condition: PreparedCondition, context: RequestContext): boolean {
  const { operator } = condition;
  const carried = context.values(condition.key);
  if (operator.family === 'Null') {
    return nullHolds(condition.values, carried === undefined);
  }
  const values = operator.set !== undefined && carried?.every((value) => value === '') ? undefined : carried;
  if (values === undefined) {
    return operator.ifExists || operator.set === 'ForAllValues' || (operator.set === undefined && operator.negated);
  }
  const compare = COMPARISONS[operator.comparison];
  const holds = (value: string) => compare !== undefined && fits(condition, compare, value, context);
  switch (operator.set) {
    case 'ForAllValues':
      return values.every(holds);
    case 'ForAnyValue':
      return values.some(holds);
    default:
      return values.length === 1 && values.every(holds);
  }
}

/** Whether one value of the request fits: one of the policy's values, or none of them for a negated operator. */
function fits(condition: PreparedCondition, compare: Comparison, value: string, context: RequestContext): boolean {
  return condition.values.some((policyValue) => compare(policyValue, value, context)) !== condition.operator.negated;
}
