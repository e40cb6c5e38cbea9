import { displayText, literalOf, type PolicyText } from '../../policy/document/text';
import { CONSOLE_SELF_READS, CONSOLE_SELF_SERVICE } from '../action-sets/console-self-service';
import { refusesWithout } from '../judging/conditions/approval-gates';
import { expansionOf } from '../judging/grants/allowed-actions';
import { onceForStatement } from '../judging/once-for-statement';
import { listed, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Human idioms in an agent policy. */
export const HUMAN_POLICY_IDIOM: Rule = {
  name: 'human-policy-idiom',
  group: 'HUM',
  severity: 'warning',
  title: 'A policy of the agent speaks of users, passwords or MFA, which only people have.',
  why: 'It was copied from a policy for people. For a role the user name is empty and MFA never present, so the statement does not do what it says, and nobody has thought about the rest of it either.',
  fix: 'Write down what the agent needs with its grants. For a partition of its own use `${aws:PrincipalTag/...}`; for approval by a person use elevation, not MFA.',
  frameworks: ['OWASP NHI10', 'OWASP NHI5', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 GV'],
  *check(app): Iterable<Observation> {
    for (const { resource, statements, trust, kinds } of app.agentRoles) {
      // People may have to prove themselves where they approve an elevation.
      for (const given of [...(kinds.has('elevated') ? [] : trust), ...statements]) {
        const { idioms, isFence } = idiomsIn(given);
        if (idioms.length > 0) {
          yield {
            resource: given.holder,
            ...(isFence ? { severity: 'info' as const } : {}),
            statements: [given],
            message: `${whereIs(given)} is written for people${given.holder === resource ? '' : `, and reaches the agent role ${resource.title}`}: ${listed(idioms)}.`,
          };
        }
      }
    }
  },
};

/** Condition keys that only requests of people have. */
const KEYS = /^(aws:multifactorauth(present|age)|aws:username|identitystore:userid|signin:.*)$/i;
const USER_NAME = /\$\{\s*aws:username\s*(,[^}]*)?\}/i;

/** What of a statement is written for people. */
interface Idioms {
  readonly idioms: readonly string[];
  /** Whether it is a Deny of named actions that every workload meets: it always holds, and may be meant so. */
  readonly isFence: boolean;
}

const idiomsIn = onceForStatement(({ action, resource, conditions, effect }): Idioms => {
  const texts = [...(resource?.patterns ?? []), ...conditions.flatMap(({ values }) => values)];
  const names = texts.filter(namesUser).map(displayText);
  const asking = conditions.filter(({ key }) => KEYS.test(key));
  const keys = asking.map(({ operator, key }) => `${operator.name} ${key}`);
  const actions =
    effect === 'Allow' && !action.negated ? action.patterns.filter(isSelfService).map((item) => displayText(item)) : [];
  const isFence = names.length === 0 && effect === 'Deny' && !action.negated && asking.every(refusesWithout);
  return { idioms: [...new Set([...names, ...keys, ...actions])], isFence };
});

function namesUser(value: PolicyText): boolean {
  return value.some((part) => typeof part === 'string' && USER_NAME.test(part));
}

/** By the list of actions, which is one object for all patterns that are the same. */
const judged = new WeakMap<readonly string[], boolean>();

/** Whether a pattern of Action is about self-service alone: `*` and `iam:*` are the business of other rules. */
function isSelfService(pattern: PolicyText): boolean {
  const prefix = literalOf(pattern)?.toLowerCase().split(':')[0];
  if (prefix === 'signin' || prefix === 'aws-portal') {
    return true;
  }
  const found = expansionOf(pattern);
  let known = judged.get(found);
  if (known === undefined) {
    known =
      found.some((action) => CONSOLE_SELF_SERVICE.has(action)) &&
      found.every((action) => CONSOLE_SELF_SERVICE.has(action) || CONSOLE_SELF_READS.has(action));
    judged.set(found, known);
  }
  return known;
}
