import type { AppModel } from '../../access/app/app-model';
import { parseInstant } from '../../policy/condition/instant';
import type { PolicyCondition } from '../../policy/document/policy-document';
import { displayText, literalOf, type PolicyText } from '../../policy/document/text';
import { isAnyValue, isAskedFor, isRequired } from '../judging/conditions/narrowing';
import { type ReachingStatement, statementsReaching } from '../judging/grants/allow-statements';
import { expansionOf } from '../judging/grants/allowed-actions';
import { broadGrants } from '../judging/grants/broad-grants';
import { broadOf } from '../judging/grants/broad-of';
import { SPECIFIC_RULES } from '../judging/grants/covered-by-specific-rules';
import { fittingGrants } from '../judging/grants/fitting-grants';
import { rolesShown } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Keys that every request for these actions carries: `ForAllValues` narrows there. */
const ALWAYS_THERE: Readonly<Record<string, RegExp>> = {
  'dynamodb:leadingkeys':
    /^dynamodb:(Batch(Get|Write)Item|ConditionCheckItem|DeleteItem|GetItem|PartiQL(Delete|Insert|Update)|PutItem|Query|UpdateItem)$/,
  'dynamodb:attributes': /^dynamodb:(Batch(Get|Write)Item|DeleteItem|GetItem|PutItem|Query|Scan|UpdateItem)$/,
  'ses:recipients': /^ses:Send/,
};

/** Keys of which the absence is the point: it keeps out the code in a function or an instance, and headers of S3. */
const REFUSED_BY_ABSENCE = /^((lambda:sourcefunction|(ec2|ssm):sourceinstance)arn|s3:x-amz-.+)$/i;

/** Condition that does not narrow */
export const CONDITION_NONNARROWING: Rule = {
  name: 'condition-nonnarrowing',
  group: 'RES',
  severity: 'error',
  title: 'A statement of an agent role has a condition that looks as if it narrowed, and does not.',
  why: 'Operators with IfExists, negated ones, ForAllValues and a value of * are all met by a request that does not carry the key, and TLS or a region says nothing about the resource: the reviewer sees a condition, the attacker does not notice it.',
  fix: 'Ask for a key of the resource with a positive operator (StringEquals, ArnLike) and a value; beside ForAllValues add Null with false for the same key.',
  frameworks: ['OWASP NHI5', 'NIST SP 800-207 tenet 4', 'NIST CSF 2.0 PR.AA'],
  *check(app, { date }): Iterable<Observation> {
    for (const reaching of statementsReaching(app.rolesOf('agent', 'knowledge-base'), 'Allow')) {
      const { statement } = reaching;
      const { conditions, action } = statement.statement;
      if (conditions.length === 0) {
        continue;
      }
      const actions = action.negated ? [] : action.patterns.flatMap(expansionOf);
      const idle = conditions.flatMap((condition) => {
        const why = whyIdle(condition, conditions, actions, date);
        return why === undefined ? [] : [{ condition, why }];
      });
      const others = conditions.filter((condition) => !idle.some((found) => found.condition === condition));
      if (!others.every((condition) => isBesideThePoint(condition, date))) {
        continue;
      }
      const at = { resource: statement.holder, statements: [statement] };
      if (idle.length > 0) {
        const why = idle.map(({ condition, why }) => `${shown(condition)} ${why}`);
        yield {
          ...at,
          message: `${whereIs(statement)} does not hold ${rolesShown(reaching)} to its condition: ${listed(why)}.`,
        };
        continue;
      }
      const broad = broadResources(app, reaching);
      if (broad.length > 0) {
        yield {
          ...at,
          message: `${whereIs(statement)} lets ${rolesShown(reaching)} reach ${shownResources(broad)}, and ${listed(others.map(shown))} does not say which resource.`,
        };
      }
    }
  },
};

/** Why a request without the key, or with any value of it, meets a condition; undefined where some do not. */
function whyIdle(
  condition: PolicyCondition,
  all: readonly PolicyCondition[],
  actions: readonly string[],
  date: string,
): string | undefined {
  const { operator, key, values } = condition;
  if (operator.family === 'Null') {
    return isSaid(values, 'true') && !REFUSED_BY_ABSENCE.test(key) ? 'is met where the key is absent' : undefined;
  }
  if (values.some(isAnyValue)) {
    return 'is met by any value';
  }
  if (isClock(key) && /GreaterThan/.test(operator.comparison) && isPast(values, date)) {
    return 'is met ever since';
  }
  if (isRequired(condition, all) || (operator.negated && isAskedFor(condition, all))) {
    return undefined;
  }
  const always = ALWAYS_THERE[key.toLowerCase()];
  const isAlwaysThere = always !== undefined && actions.length > 0 && actions.every((name) => always.test(name));
  return operator.set === 'ForAllValues' && !operator.negated && isAlwaysThere
    ? undefined
    : 'is met by a request without the key';
}

/** Whether a condition asks how and when a call is made, or whether a key is there: not about which resource it is. */
function isBesideThePoint({ operator, key, values }: PolicyCondition, date: string): boolean {
  return (
    /^aws:(securetransport|requestedregion)$/i.test(key) ||
    (isClock(key) && isPast(values, date)) ||
    (operator.family === 'Null' && isSaid(values, 'false'))
  );
}

function isClock(key: string): boolean {
  return /^aws:(currenttime|epochtime|tokenissuetime)$/i.test(key);
}

function isPast(values: readonly PolicyText[], date: string): boolean {
  const today = parseInstant(date) ?? 0;
  return values.every((value) => (parseInstant(literalOf(value) ?? '') ?? today) < today);
}

function isSaid(values: readonly PolicyText[], said: string): boolean {
  return values.every((value) => literalOf(value)?.toLowerCase() === said);
}

/** The resources of a statement that would have to be narrowed, as the rules about them see it. */
function broadResources(app: AppModel, { statement, roles }: ReachingStatement): PolicyText[] {
  const grants = [
    ...broadGrants(app, 'everything'),
    ...broadGrants(app, 'type'),
    ...fittingGrants(app, roles, SPECIFIC_RULES).map((grant) => ({ ...grant, resources: broadOf(grant) })),
  ];
  return grants.flatMap((grant) => (grant.statement === statement ? grant.resources : []));
}

function shown({ operator, key, values }: PolicyCondition): string {
  return `${operator.name} ${key} ${listed(values.map(displayText))}`;
}
