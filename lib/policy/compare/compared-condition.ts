import { conditionHolds, type PreparedCondition } from '../condition/condition';
import { isConstant, type TextTemplate } from '../condition/policy-variable';
import { RequestContext } from '../condition/request-context';
import { isLiteral, textKey } from '../document/text';
import { isAtomToken } from './glob-automaton';
import type { Reading } from './reading';
import { templateTokens } from './resource-tokens';

/** A condition of either policy. The same condition in both is one, whichever way it is written. */
export interface ComparedCondition {
  /** Two conditions with the same id hold for the same requests. */
  readonly id: string;
  /** The context key in lower case. */
  readonly key: string;
  readonly operator: PreparedCondition['operator'];
  /** The values that are fully known. */
  readonly known: PreparedCondition;
  /** The values that atoms and policy variables are part of. */
  readonly unknown: readonly TextTemplate[];
  readonly isEmpty: boolean;
}

/**
 * Whether one of some unknown facts is true, or none of them is.
 */
export interface UnknownTerm {
  readonly facts: readonly string[];
  readonly negated: boolean;
}

/** Whether a condition holds: known, or a term of unknown facts. */
export type ConditionTruth = boolean | UnknownTerm;

/** Puts a condition in the form that the comparison works with. */
export function comparedCondition(condition: PreparedCondition): ComparedCondition {
  const { operator } = condition;
  const key = condition.key.toLowerCase();
  const isKnown = (value: TextTemplate): boolean =>
    isConstant(value) && value.every((part) => !('plain' in part) || isLiteral(part.plain));
  const values = [...new Set(condition.values.map(valueId))].sort();
  const { set = '', comparison, negated, ifExists } = operator;
  const same = comparison === 'ArnEquals' ? 'ArnLike' : comparison;
  return {
    id: JSON.stringify([set, same, negated, ifExists, key, values]),
    key,
    operator,
    known: { operator, key: condition.key, values: condition.values.filter(isKnown) },
    unknown: condition.values.filter((value) => !isKnown(value)),
    isEmpty: condition.values.length === 0,
  };
}

/**
 * Whether a condition holds for a state of its key.
 *
 * @param values What the key has; undefined when it is absent.
 */
export function conditionTruth(
  condition: ComparedCondition,
  values: readonly string[] | undefined,
  reading: Reading,
): ConditionTruth {
  const { operator } = condition;
  if (condition.isEmpty && reading.emptyIsNone) {
    return true;
  }
  if (operator.family === 'Null') {
    return condition.unknown.length === 0
      ? holds(condition, values)
      : { facts: [`${condition.id} ${values === undefined}`], negated: false };
  }
  const seen = operator.set !== undefined && values?.every((value) => value === '') ? undefined : values;
  if (seen === undefined) {
    const openQuestion = operator.set === 'ForAnyValue' && operator.ifExists;
    return openQuestion ? reading.anyIfExists : holds(condition, undefined);
  }
  if (seen.length > 1 && operator.set === undefined) {
    return severalWithoutSet(condition, seen, reading);
  }
  if (condition.unknown.length === 0) {
    return holds(condition, seen);
  }
  if (seen.length > 1) {
    return { facts: [`${condition.id} several`], negated: false };
  }
  const someKnownFits = holds(condition, seen) !== operator.negated;
  return someKnownFits
    ? !operator.negated
    : { facts: condition.unknown.map((value) => factOf(condition, value)), negated: operator.negated };
}

/** The fact that a condition's unknown value fits the single value of its key. */
export function factOf(condition: ComparedCondition, value: TextTemplate): string {
  const comparison = condition.operator.comparison === 'ArnEquals' ? 'ArnLike' : condition.operator.comparison;
  return JSON.stringify([comparison, condition.key, valueId(value)]);
}

function severalWithoutSet(condition: ComparedCondition, values: readonly string[], reading: Reading): ConditionTruth {
  if (reading.several === 'none') {
    return false;
  }
  if (condition.unknown.length > 0) {
    return { facts: [`${condition.id} several`], negated: false };
  }
  return reading.several === 'any'
    ? values.some((value) => holds(condition, [value]))
    : values.every((value) => holds(condition, [value]));
}

function holds(condition: ComparedCondition, values: readonly string[] | undefined): boolean {
  return conditionHolds(condition.known, new RequestContext(values === undefined ? {} : { [condition.key]: values }));
}

/** The same for two values that are the same for every request. */
function valueId(value: TextTemplate): string {
  return value.map(partId).join('');
}

function partId(part: TextTemplate[number]): string {
  if ('plain' in part) {
    return `P${textKey(part.plain)}`;
  }
  const [token] = 'exact' in part ? [part.exact] : templateTokens([part]);
  return typeof token === 'string' ? `E${token}` : `V${isAtomToken(token) ? token.atom : ''}`;
}
