import { constantValue } from '../condition/constant-value';
import { type TextTemplate, textTemplate } from '../condition/policy-variable';
import { text } from '../document/text';
import type { PreparedPolicies } from '../evaluate/prepared-policies';
import type { PreparedStatement } from '../evaluate/prepared-statement';
import { ANY, lettersOf } from '../match/glob';
import type { ValueRange } from './value-range';

/**
 * What the context keys are in which requests that policies have variables of. All cases together are all requests.
 */
export interface VariableCase {
  /** Keys that have one value, which is one of these. */
  readonly single: ReadonlyMap<string, ValueRange>;
  /** Keys that have that value and no other. */
  readonly values: ReadonlyMap<string, string>;
  /** Keys that are absent or have several values: a variable has no value then. */
  readonly unset: ReadonlySet<string>;
}

/** Every request. */
export const ANY_CASE: VariableCase = { single: new Map(), values: new Map(), unset: new Set() };

const MOST_CASES = 24;
/** Their values follow from the caller where policies have principals. */
const KEYS_OF_CALLERS: readonly string[] = ['aws:principalaccount', 'aws:principalarn'];

/**
 * Divides all requests by what their variables stand for: by the presence of each key, and by the values that a
 * condition asks of the same key. None when there are no variables, or too many.
 */
export function variableCases(
  sides: readonly PreparedPolicies[],
  type: 'identity' | 'resource' | 'trust',
): VariableCase[] {
  const statements = sides.flatMap(({ identity, boundary, session, resource, scp, rcp }) =>
    [identity, boundary, session, resource, ...scp, ...rcp].flatMap((layer) => layer?.statements ?? []),
  );
  const constants = new Map<string, Set<string>>();
  for (const key of statements.flatMap(variableKeys)) {
    if (type === 'identity' || !KEYS_OF_CALLERS.includes(key)) {
      constants.set(key, new Set());
    }
  }
  for (const { version, written } of statements) {
    for (const { key, operator, values } of written.conditions) {
      const isText = operator.family === 'String' || operator.family === 'Arn';
      for (const value of isText ? values : []) {
        const constant = constantValue(textTemplate(value, version));
        if (constant !== undefined && (isExact(operator.comparison) || !/[*?]/.test(constant))) {
          constants.get(key.toLowerCase())?.add(constant);
        }
      }
    }
  }
  let cases: VariableCase[] = constants.size === 0 ? [] : [ANY_CASE];
  for (const [key, values] of constants) {
    if (cases.length * (values.size + 2) > MOST_CASES) {
      return [];
    }
    cases = cases.flatMap((known) => casesOf(key, [...values], known));
  }
  return cases;
}

/** A text of a policy as it is in one case; undefined when one of its variables has no value. */
export function textInCase(template: TextTemplate, { single, unset, values }: VariableCase): TextTemplate | undefined {
  const parts: TextTemplate[number][] = [];
  for (const part of template) {
    const key = 'variable' in part ? part.variable.key.toLowerCase() : '';
    const value = values.get(key);
    if (!('variable' in part) || !(single.has(key) || unset.has(key))) {
      parts.push(part);
    } else if (value !== undefined) {
      parts.push(partOf(value));
    } else if (single.has(key)) {
      parts.push({ variable: { key: part.variable.key } });
    } else if (part.variable.fallback === undefined) {
      return undefined;
    } else {
      parts.push(partOf(part.variable.fallback));
    }
  }
  return parts;
}

function isExact(comparison: string): boolean {
  return comparison === 'StringEquals' || comparison === 'StringEqualsIgnoreCase';
}

/** Text without wildcards is the same whether it stands in the policy or comes of a variable. */
function partOf(value: string): TextTemplate[number] {
  return /[*?]/.test(value) ? { exact: value } : { plain: text(value) };
}

function casesOf(key: string, constants: readonly string[], known: VariableCase): VariableCase[] {
  const others: ValueRange = {
    id: `not ${JSON.stringify(constants)}`,
    language: [[ANY]],
    borders: constants.map(lettersOf),
    isPossible: (value) => !constants.includes(value),
    samples: [],
  };
  return [
    ...constants.map((constant) => ({
      ...known,
      single: new Map([...known.single, [key, rangeOf(constant)] as const]),
      values: new Map([...known.values, [key, constant] as const]),
    })),
    { ...known, single: new Map([...known.single, [key, others] as const]) },
    { ...known, unset: new Set([...known.unset, key]) },
  ];
}

function rangeOf(constant: string): ValueRange {
  return {
    id: `is ${constant}`,
    language: [lettersOf(constant)],
    borders: [],
    isPossible: (value) => value === constant,
    samples: [constant],
  };
}

/** In lower case. */
function variableKeys({ version, written }: PreparedStatement): string[] {
  const texts = [...(written.resource?.patterns ?? []), ...written.conditions.flatMap(({ values }) => values)];
  return texts
    .filter((text) => text.some((part) => typeof part === 'string' && part.includes('${')))
    .flatMap((text) => textTemplate(text, version))
    .flatMap((part) => ('variable' in part ? [part.variable.key.toLowerCase()] : []));
}
