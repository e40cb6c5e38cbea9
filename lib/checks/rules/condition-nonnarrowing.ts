import type { PolicyCondition } from '../../policy/document/policy-document';
import { displayText } from '../../policy/document/text';
import { reachedRoles, statementsReaching } from '../judging/allow-statements';
import { expansionOf } from '../judging/allowed-actions';
import { isRequired } from '../judging/narrowing';
import { listed, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Keys that every request for these actions carries: `ForAllValues` narrows there. */
const ALWAYS_THERE: Readonly<Record<string, RegExp>> = {
  'dynamodb:leadingkeys':
    /^dynamodb:(Batch(Get|Write)Item|ConditionCheckItem|DeleteItem|GetItem|PutItem|Query|UpdateItem)$/,
  'dynamodb:attributes': /^dynamodb:(Batch(Get|Write)Item|DeleteItem|GetItem|PutItem|Query|Scan|UpdateItem)$/,
  'ses:recipients': /^ses:Send/,
};

/** Condition that does not narrow */
export const CONDITION_NONNARROWING: Rule = {
  name: 'condition-nonnarrowing',
  group: 'RES',
  severity: 'error',
  title: 'A statement of an agent role has a condition that looks as if it narrowed, and does not.',
  why: 'Operators with IfExists, negated ones, ForAllValues and a value of * are all met by a request that does not carry the key: the reviewer sees a condition, the attacker does not notice it.',
  fix: 'Ask for the key with a positive operator (StringEquals, ArnLike) and a value; beside ForAllValues add Null with false for the same key.',
  frameworks: ['OWASP NHI5', 'NIST SP 800-207 tenet 4', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    for (const reaching of statementsReaching(app.rolesOf('agent', 'knowledge-base'), 'Allow')) {
      const { statement } = reaching;
      const { conditions, action } = statement.statement;
      const actions = action.negated ? [] : action.patterns.flatMap(expansionOf);
      const idle = conditions.filter((condition) => isIdle(condition, conditions, actions));
      if (idle.length > 0 && idle.length === conditions.length) {
        yield {
          resource: statement.holder,
          statements: [statement],
          message: `${whereIs(statement)} lets ${reachedRoles(reaching)} through without ${listed(idle.map(shown))}.`,
        };
      }
    }
  },
};

/** Whether a request without the key, or with any value of it, meets the condition. */
function isIdle(condition: PolicyCondition, all: readonly PolicyCondition[], actions: readonly string[]): boolean {
  const { operator, key } = condition;
  // Null asks whether the key is there, whichever way: it refuses some requests, and nobody takes it for a value.
  if (operator.family === 'Null') {
    return false;
  }
  const always = ALWAYS_THERE[key.toLowerCase()];
  const isAlwaysThere = always !== undefined && actions.length > 0 && actions.every((name) => always.test(name));
  return (
    !(operator.set === 'ForAllValues' && !operator.negated && !operator.ifExists && isAlwaysThere) &&
    !isRequired(condition, all)
  );
}

function shown({ operator, key, values }: PolicyCondition): string {
  return `${operator.name} ${key} ${listed(values.map(displayText))}`;
}
