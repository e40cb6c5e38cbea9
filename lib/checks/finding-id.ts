import type { AppStatement } from '../access/app/app-statement';
import { textKey } from '../policy/document/text';
import type { Observation } from './observation';

/** The id of a rule in findings: `LeastAgency-TrustPublic`. */
export function ruleId(name: string): string {
  const pascal = name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
  return `LeastAgency-${pascal}`;
}

/**
 * The id of a finding: the rule's, and eight hexadecimal digits that depend on the actions, resources and conditions of
 * the statements, in any order. An acknowledgement of it ends when a statement widens.
 */
export function findingId(name: string, { statements = [], cause = [] }: Observation): string {
  const parts = [...statements.map(statementKey).sort(), ...cause];
  return `${ruleId(name)}-${hash(parts.join('\n'))}`;
}

/** A text that two statements share when they say the same, whatever order they say it in. */
export function statementKey({ statement }: AppStatement): string {
  const { effect, principal, action, resource, conditions } = statement;
  const list = (patterns: readonly Parameters<typeof textKey>[0][]): string =>
    [...new Set(patterns.map(textKey))].sort().join(',');
  return [
    effect,
    principal === undefined
      ? ''
      : `${principal.negated}${principal.everyone}${principal.entries.map(({ type, id }) => `${type}=${textKey(id)}`).sort()}`,
    `${action.negated} ${list(action.patterns).toLowerCase()}`,
    resource === undefined ? '' : `${resource.negated} ${list(resource.patterns)}`,
    conditions
      .map(({ operator, key, values }) => `${operator.name} ${key.toLowerCase()} ${list(values)}`)
      .sort()
      .join(';'),
  ].join('|');
}

/** Two rounds of FNV-1a, 32 bits: short enough to type, and no secret depends on it. */
function hash(value: string): string {
  let low = 0x811c9dc5;
  for (let index = 0; index < value.length; index++) {
    low = Math.imul(low ^ value.charCodeAt(index), 0x01000193);
  }
  for (let index = value.length - 1; index >= 0; index--) {
    low = Math.imul(low ^ value.charCodeAt(index), 0x01000193);
  }
  return (low >>> 0).toString(16).padStart(8, '0');
}
