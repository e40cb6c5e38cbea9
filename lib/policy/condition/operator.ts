import { didYouMean } from '../document/closest-name';

/** What a condition compares with; each has a file of its own here. */
export type OperatorFamily = 'String' | 'Numeric' | 'Date' | 'Bool' | 'Binary' | 'IpAddress' | 'Arn' | 'Null';

/** How a key with several values is compared. */
export type SetOperator = 'ForAnyValue' | 'ForAllValues';

/** A condition operator, taken apart. */
export interface ConditionOperator {
  /** The canonical spelling, set operator and `IfExists` included. */
  readonly name: string;
  readonly family: OperatorFamily;
  /** The positive comparison: `StringNotLike` is the negation of `StringLike`. */
  readonly comparison: string;
  readonly negated: boolean;
  readonly set?: SetOperator;
  readonly ifExists: boolean;
}

interface Base {
  readonly name: string;
  readonly family: OperatorFamily;
  readonly comparison: string;
  readonly negated: boolean;
}

const BASES: ReadonlyMap<string, Base> = new Map(
  [
    ...family('String', 'StringEquals', 'StringEqualsIgnoreCase', 'StringLike'),
    ...negations('String', ['StringNotEquals', 'StringEquals'], ['StringNotLike', 'StringLike']),
    ...negations('String', ['StringNotEqualsIgnoreCase', 'StringEqualsIgnoreCase']),
    ...family('Numeric', 'NumericEquals', 'NumericLessThan', 'NumericLessThanEquals'),
    ...family('Numeric', 'NumericGreaterThan', 'NumericGreaterThanEquals'),
    ...negations('Numeric', ['NumericNotEquals', 'NumericEquals']),
    ...family('Date', 'DateEquals', 'DateLessThan', 'DateLessThanEquals'),
    ...family('Date', 'DateGreaterThan', 'DateGreaterThanEquals'),
    ...negations('Date', ['DateNotEquals', 'DateEquals']),
    ...family('Bool', 'Bool'),
    ...family('Binary', 'BinaryEquals'),
    ...family('IpAddress', 'IpAddress'),
    ...negations('IpAddress', ['NotIpAddress', 'IpAddress']),
    ...family('Arn', 'ArnEquals', 'ArnLike'),
    ...negations('Arn', ['ArnNotEquals', 'ArnEquals'], ['ArnNotLike', 'ArnLike']),
    ...family('Null', 'Null'),
  ].map((base) => [base.name.toLowerCase(), base]),
);

const SETS: ReadonlyMap<string, SetOperator> = new Map([
  ['foranyvalue', 'ForAnyValue'],
  ['forallvalues', 'ForAllValues'],
]);

/**
 * Reads the name of a condition operator.
 *
 * Any letter case is accepted: IAM's documentation does not say that case matters, and refusing a policy that IAM
 * accepts would be worse than reading one that IAM refuses.
 *
 * @returns the operator, or a sentence that says what is wrong with the name.
 */
export function parseOperator(name: string): ConditionOperator | string {
  const colon = name.indexOf(':');
  const set = colon < 0 ? undefined : SETS.get(name.slice(0, colon).toLowerCase());
  if (colon >= 0 && set === undefined) {
    const prefix = name.slice(0, colon);
    return `'${prefix}' is no set operator${didYouMean(prefix, SETS.values())}`;
  }
  const unqualified = name.slice(colon + 1);
  const ifExists = /ifexists$/i.test(unqualified);
  const baseName = ifExists ? unqualified.slice(0, -'IfExists'.length) : unqualified;
  const base = BASES.get(baseName.toLowerCase());
  if (base === undefined) {
    const names = [...BASES.values()].map((known) => known.name);
    return `'${name}' is no condition operator${didYouMean(baseName, names)}`;
  }
  if (base.family === 'Null' && ifExists) {
    return 'Null asks whether the key exists and takes no IfExists.';
  }
  return {
    name: `${set === undefined ? '' : `${set}:`}${base.name}${ifExists ? 'IfExists' : ''}`,
    family: base.family,
    comparison: base.comparison,
    negated: base.negated,
    ...(set === undefined ? {} : { set }),
    ifExists,
  };
}

function family(name: OperatorFamily, ...comparisons: readonly string[]): Base[] {
  return comparisons.map((comparison) => ({ name: comparison, family: name, comparison, negated: false }));
}

function negations(name: OperatorFamily, ...pairs: readonly (readonly [string, string])[]): Base[] {
  return pairs.map(([negation, comparison]) => ({ name: negation, family: name, comparison, negated: true }));
}
