import type { AppStatement } from '../access/app/app-statement';
import type { PolicyStatement } from '../policy/document/policy-document';
import { type PolicyText, textKey } from '../policy/document/text';
import type { Observation } from './observation';

const ids = new Map<string, string>();

/** The id of a rule in findings: `LeastAgency-TrustPublic`. */
export function ruleId(name: string): string {
  let id = ids.get(name);
  if (id === undefined) {
    id = `LeastAgency-${name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())}`;
    ids.set(name, id);
  }
  return id;
}

/**
 * The id of a finding: the rule's, and eight hexadecimal digits that depend on the actions, resources and conditions of
 * the statements, in any order. An acknowledgement of it ends when a statement widens.
 */
export function findingId(name: string, { statements = [], cause = [] }: Observation): string {
  const [only] = statements;
  const digits =
    statements.length === 1 && only !== undefined && cause.length === 0
      ? keyOf(only).digits()
      : hash([...statements.map(statementKey).sort(), ...cause].join('\n'));
  return `${ruleId(name)}-${digits}`;
}

/** A text that two statements share when they say the same, whatever order they say it in. */
export function statementKey(statement: AppStatement): string {
  return keyOf(statement).text;
}

/** The key of a statement, which many findings are about. */
class StatementKey {
  public readonly text: string;
  private hashed?: string;

  public constructor(statement: PolicyStatement) {
    this.text = textOf(statement);
  }

  public digits(): string {
    this.hashed ??= hash(this.text);
    return this.hashed;
  }
}

const keys = new WeakMap<PolicyStatement, StatementKey>();

function keyOf({ statement }: AppStatement): StatementKey {
  let key = keys.get(statement);
  if (key === undefined) {
    key = new StatementKey(statement);
    keys.set(statement, key);
  }
  return key;
}

function textOf(statement: PolicyStatement): string {
  const { effect, principal, action, resource, conditions } = statement;
  const list = (patterns: readonly PolicyText[]): string =>
    patterns.length === 1 ? patterns.map(textKey).join() : [...new Set(patterns.map(textKey))].sort().join(',');
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
