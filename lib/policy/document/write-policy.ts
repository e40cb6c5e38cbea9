import type {
  PatternElement,
  PolicyCondition,
  PolicyDocument,
  PolicyStatement,
  PrincipalElement,
} from './policy-document';
import { literalOf, type PolicyText } from './text';

/** A policy as raw JSON values; atoms stand as `parsePolicy` reads them. */
export type RawPolicy = Readonly<Record<string, unknown>>;

/**
 * Writes a policy down again: `parsePolicy` reads the result as the same policy. Each "one or many" value is written as
 * one where there is one literal, else as a list. Places of statements are not kept: they follow from the order.
 */
export function writePolicy(document: PolicyDocument): RawPolicy {
  return {
    Version: document.version,
    ...(document.id === undefined ? {} : { Id: document.id }),
    Statement: document.statements.map(writeStatement),
  };
}

/** Writes one statement down. */
export function writeStatement(statement: PolicyStatement): RawPolicy {
  const { sid, effect, principal, action, resource, conditions } = statement;
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect,
    ...(principal === undefined
      ? {}
      : { [principal.negated ? 'NotPrincipal' : 'Principal']: writePrincipal(principal) }),
    ...writePatterns('Action', action),
    ...(resource === undefined ? {} : writePatterns('Resource', resource)),
    ...(conditions.length === 0 ? {} : { Condition: writeConditions(conditions) }),
  };
}

function writePatterns(name: 'Action' | 'Resource', element: PatternElement): RawPolicy {
  return { [element.negated ? `Not${name}` : name]: writeTexts(element.patterns) };
}

function writePrincipal({ everyone, entries }: PrincipalElement): unknown {
  if (everyone && entries.length === 0) {
    return '*';
  }
  const named = new Map<string, PolicyText[]>(everyone ? [['AWS', [['*']]]] : []);
  for (const { type, id } of entries) {
    named.set(type, [...(named.get(type) ?? []), id]);
  }
  return Object.fromEntries([...named].map(([type, ids]) => [type, writeTexts(ids)]));
}

/**
 * Conditions on one key under one operator can only come from two spellings of the operator, and both must be met: the
 * second is written in another letter case, so that it does not replace the first.
 */
function writeConditions(conditions: readonly PolicyCondition[]): RawPolicy {
  const operators = new Map<string, Map<string, unknown>>();
  for (const { operator, key, values } of conditions) {
    let spelling = operator.name;
    for (let turn = 1; operators.get(spelling)?.has(key); turn++) {
      spelling = respelt(operator.name, turn);
    }
    const keys = operators.get(spelling) ?? new Map<string, unknown>();
    operators.set(spelling, keys.set(key, writeTexts(values)));
  }
  return Object.fromEntries([...operators].map(([name, keys]) => [name, Object.fromEntries(keys)]));
}

/** A name with the letter case of those letters changed whose places are the bits of a number. */
function respelt(name: string, turn: number): string {
  return Array.from(name, (letter, index) => {
    const changes = ((turn >> index) & 1) === 1;
    return !changes ? letter : letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
  }).join('');
}

function writeTexts(texts: readonly PolicyText[]): unknown {
  const [first, ...more] = texts;
  const single = first !== undefined && more.length === 0 ? literalOf(first) : undefined;
  return single ?? texts.map((text) => literalOf(text) ?? text);
}
