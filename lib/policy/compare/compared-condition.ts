import { conditionHolds, type PreparedCondition } from '../condition/condition';
import { isConstant, resolveText, type TextTemplate } from '../condition/policy-variable';
import { RequestContext } from '../condition/request-context';
import { isLiteral, literalOf, type PolicyText, text, textKey } from '../document/text';
import { isAtomToken } from './glob-automaton';
import type { Reading } from './reading';
import { templateTokens } from './resource-tokens';
import { mayFit } from './unknown-text';
import { textInCase, type VariableCase } from './variable-case';

const NO_CONTEXT = new RequestContext({});

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
  /** The values of a plain StringEquals or StringNotEquals. */
  readonly texts?: ReadonlySet<string>;
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

/**
 * Puts a condition in the form that the comparison works with.
 *
 * @param among The requests it is asked about.
 */
export function comparedCondition(written: PreparedCondition, among: VariableCase): ComparedCondition {
  const { operator } = written;
  const hasVariables = operator.family === 'String' || operator.family === 'Arn' || operator.family === 'Bool';
  const values = hasVariables
    ? written.values.map((value) => textInCase(value, among)).filter((value) => value !== undefined)
    : written.values;
  const isEmpty = written.values.length === 0;
  const key = written.key.toLowerCase();
  // Where there are no variables, what looks like one is text.
  const isKnown = (value: TextTemplate): boolean =>
    (isConstant(value) || !hasVariables) && value.every((part) => !('plain' in part) || isLiteral(part.plain));
  const names = [...new Set(values.map(templateKey))].sort();
  const { set = '', negated, ifExists } = operator;
  const same = sameComparison(operator.comparison, values);
  const known = values.filter(isKnown);
  const isPlain = operator.comparison === 'StringEquals' && set === '' && known.length === values.length;
  return {
    ...(isPlain ? { texts: new Set(known.map((value) => literalOf(resolveText(value, NO_CONTEXT) ?? []) ?? '')) } : {}),
    id: JSON.stringify([set, same, negated, ifExists, key, names, isEmpty]),
    key,
    operator,
    known: { operator, key: written.key, values: known },
    unknown: values.filter((value) => !isKnown(value)),
    isEmpty,
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
  if (condition.texts !== undefined && values?.length === 1 && !condition.isEmpty) {
    return condition.texts.has(values[0] ?? '') !== operator.negated;
  }
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
  const open = condition.unknown.filter((value) => mayFit(condition, value, seen[0] ?? ''));
  return someKnownFits || open.length === 0
    ? someKnownFits !== operator.negated
    : { facts: open.map((value) => factOf(condition, value)), negated: operator.negated };
}

/** The fact that a condition's unknown value fits the single value of its key. */
export function factOf(condition: ComparedCondition, value: TextTemplate): string {
  const comparison = sameComparison(condition.operator.comparison, [value]);
  return JSON.stringify([comparison, condition.key, templateKey(value)]);
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

/** The same for two comparisons that are the same for these values. */
function sameComparison(comparison: string, values: readonly TextTemplate[]): string {
  const hasNoWildcards = (value: TextTemplate): boolean =>
    value.every((part) => !('plain' in part) || literalOf(part.plain)?.search(/[*?]/) === -1);
  if (comparison === 'StringLike' && values.every(hasNoWildcards)) {
    return 'StringEquals';
  }
  return comparison === 'ArnEquals' ? 'ArnLike' : comparison;
}

/** The same for two texts that are the same for every request. */
export function templateKey(template: TextTemplate): string {
  const names: string[] = [];
  let plain: PolicyText = [];
  for (const part of template) {
    if ('plain' in part) {
      plain = plain.length === 0 ? part.plain : text(plain, part.plain);
    } else if ('exact' in part && !/[*?]/.test(part.exact)) {
      plain = text(plain, part.exact);
    } else {
      const [token] = 'exact' in part ? [part.exact] : templateTokens([part]);
      names.push(
        `P${textKey(plain)}`,
        typeof token === 'string' ? `E${token}` : `V${isAtomToken(token) ? token.atom : ''}`,
      );
      plain = [];
    }
  }
  return [...names, `P${textKey(plain)}`].join('');
}
