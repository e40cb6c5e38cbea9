import { Token } from 'aws-cdk-lib/core';
import { parseDecimal } from '../policy/condition/decimal';
import { parseInstant } from '../policy/condition/instant';
import { parseIpRange } from '../policy/condition/ip-range';
import { type ConditionOperator, type OperatorFamily, parseOperator } from '../policy/condition/operator';
import { type ServiceAction, suggestConditionKey, supplies } from '../policy/reference/service-reference';
import { kindOf } from './exact-arn';

/** What is wrong with conditions that were spelled out, and what a reader of the contract should know about them. */
export interface CheckedConditions {
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Checks conditions against the actions they limit: operators are IAM's own, every key is one that each action
 * supplies, every value is there and is one that the operator can compare with, and none is met by requests that carry
 * no such key at all (`ForAllValues`) unless the key is asked for (`Null`).
 *
 * @param ends whether the grant sets an end of its own, which is a condition too.
 */
export function checkConditions(
  actions: readonly ServiceAction[],
  conditions: unknown,
  ends: boolean,
): CheckedConditions {
  if (typeof conditions !== 'object' || conditions === null || Array.isArray(conditions)) {
    return { problems: [`conditions must hold operators, such as ${EXAMPLE}, got ${kindOf(conditions)}`], notes: [] };
  }
  const problems: string[] = [];
  const notes: string[] = [];
  for (const [name, keys] of Object.entries(conditions)) {
    const operator = parseOperator(name);
    if (typeof operator === 'string') {
      problems.push(`condition operator '${name}': ${operator}`);
      continue;
    }
    if (operator.name !== name) {
      problems.push(`condition operator '${name}' is spelled ${operator.name}`);
    }
    if (typeof keys !== 'object' || keys === null || Array.isArray(keys) || Object.keys(keys).length === 0) {
      problems.push(`condition operator '${name}' must hold condition keys, such as ${EXAMPLE}, got ${kindOf(keys)}`);
      continue;
    }
    for (const [key, value] of Object.entries(keys)) {
      problems.push(
        ...unknownKey(actions, key),
        ...wrongValues(operator, key, value),
        ...unmet(operator, key, conditions),
        ...(ends && name === 'DateLessThan' && key.toLowerCase() === 'aws:currenttime'
          ? [`condition DateLessThan on '${key}' is what until writes; leave one of them out`]
          : []),
      );
      if (operator.set !== 'ForAllValues' && (operator.negated || operator.ifExists)) {
        notes.push(`condition ${name} on ${key} is also met by requests that do not carry ${key}`);
      }
    }
  }
  return { problems, notes };
}

const EXAMPLE = "{ StringEquals: { 'aws:SourceVpc': 'vpc-1' } }";

function unknownKey(actions: readonly ServiceAction[], key: string): string[] {
  const without = actions.find((action) => !supplies(action.name, key));
  if (without === undefined) {
    return [];
  }
  const near = suggestConditionKey(without.name, key);
  return [
    `condition key '${key}' is not one that ${without.name} supplies, so the statement would not mean what it says` +
      `${near === undefined ? '' : `; did you mean ${near}?`}`,
  ];
}

/** `ForAllValues` holds for requests without the key: then the condition limits nothing. */
function unmet(operator: ConditionOperator, key: string, conditions: object): string[] {
  if (operator.set !== 'ForAllValues') {
    return [];
  }
  const asked = Object.entries(conditions).some(
    ([name, keys]: [string, unknown]) =>
      typeof keys === 'object' &&
      Object.entries(keys ?? {}).some(
        ([other, value]) =>
          other.toLowerCase() === key.toLowerCase() &&
          (name === 'Null' ? String(value) === 'false' : /^ForAnyValue:.*(?<!IfExists)$/.test(name)),
      ),
  );
  return asked
    ? []
    : [
        `condition ${operator.name} on '${key}' is also met by requests that carry no ${key} at all; add ` +
          `Null: { '${key}': 'false' } beside it`,
      ];
}

/** A value that is missing would leave its condition out of the policy, and so widen it. */
function wrongValues(operator: ConditionOperator, key: string, value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const wanted = `condition ${operator.name} on '${key}' must have ${VALUES[operator.family].wanted}`;
  if (values.length === 0) {
    return [`${wanted}, got an empty list`];
  }
  return values
    .filter((one) => !Token.isUnresolved(one) && !fits(operator.family, one))
    .map((one) => `${wanted}, got ${kindOf(one)}`);
}

function fits(family: OperatorFamily, value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value) && VALUES[family].fits(String(value));
}

const isBoolean = (value: string): boolean => /^(true|false)$/i.test(value);

/** The values that each family of operators can compare with. Others never match. */
const VALUES: Readonly<Record<OperatorFamily, { readonly wanted: string; fits(value: string): boolean }>> = {
  String: { wanted: 'one or more texts', fits: () => true },
  Numeric: { wanted: 'one or more numbers', fits: (value) => parseDecimal(value) !== undefined },
  Date: {
    wanted: 'one or more dates, such as 2026-12-31T12:00:00Z',
    fits: (value) => parseInstant(value) !== undefined,
  },
  Bool: { wanted: "'true' or 'false'", fits: isBoolean },
  Binary: { wanted: 'one or more texts in Base64', fits: (value) => /^[A-Za-z0-9+/]+={0,2}$/.test(value) },
  IpAddress: { wanted: 'one or more addresses or CIDR blocks', fits: (value) => parseIpRange(value) !== undefined },
  Arn: { wanted: 'one or more ARNs', fits: (value) => value === '*' || /^(arn|\*):([^:]*:){4}./s.test(value) },
  Null: { wanted: "'true' or 'false'", fits: isBoolean },
};
