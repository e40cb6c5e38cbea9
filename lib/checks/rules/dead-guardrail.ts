import type { AppModel } from '../../access/app/app-model';
import type { AppStatement } from '../../access/app/app-statement';
import { parseInstant } from '../../policy/condition/instant';
import type { PolicyCondition, PolicyStatement } from '../../policy/document/policy-document';
import { displayText, literalOf, type PolicyText, text } from '../../policy/document/text';
import { deadGrants } from '../../policy/measure/dead-grant';
import { actionsLike, isUnmapped, servicePrefixes, supplies } from '../../policy/reference/service-reference';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Guardrail that protects nothing */
export const DEAD_GUARDRAIL: Rule = {
  name: 'dead-guardrail',
  group: 'RES',
  severity: 'error',
  title: 'A Deny of an agent role can never apply.',
  why: 'A guard that never fires is worse than none: people rely on it. A misspelled action, a key that agents never carry, or the wrong MCP key each make the Deny an ornament.',
  fix: 'Deny actions that exist, with conditions that a request of an agent can meet: BoolIfExists or a negated operator for keys that workloads do not carry, aws:ViaAWSMCPService for calls through MCP.',
  frameworks: ['OWASP ASI03', 'OWASP ASI10', 'NIST AI RMF MEASURE', 'NIST SP 800-53 AC-6(9)', 'NIST CSF 2.0 PR.AA'],
  *check(app, { date }): Iterable<Observation> {
    // Agents of one app have many statements in common.
    const known = new Map<PolicyStatement, readonly string[]>();
    for (const statement of guardsOf(app)) {
      const faults = known.get(statement.statement) ?? [
        ...deadActions(statement),
        ...deadResources(app, statement),
        ...statement.statement.conditions.flatMap((condition) => deadCondition(condition, statement, date)),
      ];
      known.set(statement.statement, faults);
      if (faults.length > 0) {
        yield {
          resource: statement.holder,
          statements: [statement],
          message: `${whereIs(statement)} protects from less than it says: ${listed(faults)}.`,
        };
      }
    }
  },
};

/** The Denys of agent roles, and those of their boundaries. */
function guardsOf(app: AppModel): ReadonlySet<AppStatement> {
  const roles = app.rolesOf('agent', 'knowledge-base');
  const reaching = roles.flatMap(({ statements, boundary }) => [
    ...statements,
    ...boundary.policies.flatMap((policy) => policy.statements),
  ]);
  return new Set(reaching.filter(({ statement }) => statement.effect === 'Deny'));
}

/** Actions of a Deny that nothing is called. NotAction names exceptions, which may well be gone. */
function deadActions({ statement: { action } }: AppStatement): string[] {
  const names = action.negated ? [] : action.patterns.flatMap((pattern) => literalOf(pattern) ?? []);
  const unknown = names.filter((name) => actionsLike([name]).length === 0);
  return unknown.map((name) => `no action is called ${name}`);
}

/** Resources of a Deny, where none of its actions is ever about one of them: objects are not deleted from a bucket's ARN. */
function deadResources(app: AppModel, { statement, version }: AppStatement): string[] {
  const { resource } = statement;
  if (resource === undefined) {
    return [];
  }
  const spelled = { ...resource, patterns: resource.patterns.map((pattern) => spelledOut(app, pattern)) };
  const dead = deadGrants({ version, statements: [{ ...statement, effect: 'Allow', resource: spelled }] });
  const idle = dead.filter(({ kind }) => kind === 'resource');
  if (idle.length === 0 || idle.length < resource.patterns.length) {
    return [];
  }
  return [
    resource.negated
      ? 'NotResource leaves nothing over'
      : `none of its actions is about ${shownResources(resource.patterns)}`,
  ];
}

/** The ARN of a resource of the app, with a plain name: an unknown one might be a bucket and an object in it. */
function spelledOut(app: AppModel, pattern: PolicyText): PolicyText {
  const spelled = app.spelled(pattern);
  const isOfApp = typeof pattern[0] === 'object' && typeof spelled[0] === 'string';
  return isOfApp ? text(...spelled.map((part) => (typeof part === 'string' ? part : 'name'))) : spelled;
}

/** Why requests of an agent never meet a condition. */
function deadCondition(
  { operator, key, values }: PolicyCondition,
  { statement }: AppStatement,
  date: string,
): string[] {
  const known = values.map((value) => literalOf(value)?.toLowerCase());
  const asksForKey = operator.family === 'Null' && known.every((value) => value === 'false');
  const isNegated = operator.negated && operator.set !== 'ForAnyValue';
  if (
    operator.ifExists ||
    isNegated ||
    operator.set === 'ForAllValues' ||
    (operator.family === 'Null' && !asksForKey)
  ) {
    return [];
  }
  if (isNeverCarried(key, statement)) {
    return [`requests for these actions never carry ${key}`];
  }
  if (NOT_OF_ROLES.test(key)) {
    return [`${key} is absent from requests of a workload, and ${operator.name} is not met then`];
  }
  if (asksForKey || operator.negated) {
    return [];
  }
  const name = key.toLowerCase();
  if (name === 'aws:calledviaawsmcp' && known.every(isBoolean)) {
    return [
      `${key} holds the name of a service and is never ${known.join(' or ')} (aws:ViaAWSMCPService is the Boolean)`,
    ];
  }
  if (BOOLEANS.test(key) && known.every((value) => value !== undefined && !isBoolean(value))) {
    return [`${key} is true or false and never ${known.join(' or ')}`];
  }
  if (/^StringEquals/.test(operator.comparison) && known.every((value) => value !== undefined && isPattern(value))) {
    return [
      `${operator.name} takes ${listed(values.map(displayText))} letter by letter, and only StringLike or ArnLike take wildcards`,
    ];
  }
  const today = parseInstant(date) ?? 0;
  const isOver = known.every((value) => (parseInstant(value?.toUpperCase() ?? '') ?? today) < today);
  return name === 'aws:currenttime' && /LessThan/.test(operator.comparison) && isOver
    ? [`its time was over at ${listed(values.map(displayText))}`]
    : [];
}

/** Keys of people who sign in: sessions of a role have no user name, and nobody enters a code for a workload. */
const NOT_OF_ROLES = /^aws:(multifactorauthpresent|multifactorauthage|username)$/i;
/** Keys that are true or false. */
const BOOLEANS = /^aws:(viaawsmcpservice|ismcpserviceaction|viaawsservice|securetransport)$/i;

function isBoolean(value: string | undefined): boolean {
  return value === 'true' || value === 'false';
}

/** Whether a value has wildcards besides the variables of IAM, `${*}` among them. */
function isPattern(value: string): boolean {
  return /[*?]/.test(value.replace(/\$\{[^{}]*\}/g, ''));
}

/** Whether no request for any of the actions of a statement carries a key. Identity providers have keys of their own. */
function isNeverCarried(key: string, { action }: AppStatement['statement']): boolean {
  const prefix = key.split(':')[0]?.toLowerCase() ?? '';
  const actions = action.negated ? [] : action.patterns.flatMap(actionsLike);
  return (
    actions.length > 0 &&
    (prefix === 'aws' || servicePrefixes().includes(prefix)) &&
    !isUnmapped(key) &&
    !actions.some((name) => supplies(name, key))
  );
}
