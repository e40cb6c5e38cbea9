import type { AppRole } from '../../access/app/app-role';
import type { AppStatement } from '../../access/app/app-statement';
import type { PolicyCondition } from '../../policy/document/policy-document';
import { literalOf } from '../../policy/document/text';
import type { CheckSettings } from '../check-settings';
import { beginOf, endOf, isWithin } from '../judging/conditions/time-limit';
import { speaksOf } from '../judging/grants/allowed-actions';
import { type AssumingPrincipal, assumingPrincipals } from '../judging/identity/assuming-principals';
import { listed, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** An elevation role that lets an agent in without an end, or without an approval. */
export const ELEVATION_UNBOUNDED: Rule = {
  name: 'elevation-unbounded',
  group: 'JIT',
  severity: 'error',
  title: 'An elevation role can be assumed without an end, or without an approval.',
  why: 'Access beyond the working set is meant for one approved task. Where the agent comes to it by itself, or where nothing ends it, it is standing access under another name.',
  fix: 'Let only a broker assume the role, and require what the broker sets for each approval: sts:SourceIdentity and aws:RequestTag/JitGrantId, without IfExists. A fixed date in the policy ends it too, but has to be renewed by hand.',
  frameworks: [
    'OWASP NHI7',
    'OWASP ASI03',
    'NIST SP 800-53 AC-6(5)',
    'NIST SP 800-207 tenet 3',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 RS',
  ],
  *check(app, settings): Iterable<Observation> {
    for (const role of app.rolesOf('elevated')) {
      const { resource } = role;
      const hosts = role.uses.filter(
        ({ resource: host, type }) => type.agent || isAgentHost(host.tag('PrincipalType')),
      );
      if (hosts.length > 0) {
        yield {
          resource,
          cause: hosts.map(({ resource: host }) => host.title),
          message: `The elevation role ${resource.title} is the role of ${listed(hosts.map(({ resource: host, type }) => `${type.label} ${host.title}`))}, so the agent always has what only an approved task should have.`,
        };
      }
      let forPeople = true;
      for (const trust of role.trust.filter(isAssumption)) {
        const principals = assumingPrincipals(app, role, trust).filter(({ kind }) => kind !== 'human');
        forPeople &&= principals.length === 0;
        yield* judged(role, trust, principals, settings);
      }
      if (!forPeople) {
        yield* loosePolicies(role);
      }
    }
  },
};

function isAgentHost(types: readonly string[]): boolean {
  return types.some((type) => type.toLowerCase() === 'agent');
}

function isAssumption(trust: AppStatement): boolean {
  return trust.statement.effect === 'Allow' && speaksOf(trust, 'sts:AssumeRole');
}

function* judged(
  role: AppRole,
  trust: AppStatement,
  principals: readonly AssumingPrincipal[],
  { date, longestElevation }: CheckSettings,
): Iterable<Observation> {
  const { resource } = role;
  const { conditions } = trust.statement;
  const loose = looseTags(conditions);
  const own = [endOf(conditions), ...role.trust.map(denialBegin), endOfPolicies(role)];
  for (const principal of principals) {
    const ends = [...own, ...(principal.by ? [endOf(principal.by.statement.conditions)] : [])];
    const known = ends.filter((end): end is number => typeof end === 'number');
    const end = known.length > 0 ? Math.min(...known) : undefined;
    const approved = principal.kind !== 'agent' && asksForApproval(role, conditions, loose);
    const inTime = isWithin(end, date, longestElevation);
    if (approved || (inTime && loose.length === 0)) {
      continue;
    }
    const who = `${principal.shown.replace(/^the /, 'The ')} may assume the elevation role ${resource.title}`;
    const statements = [trust];
    const cause = [principal.kind, principal.shown];
    if (principal.kind === 'unknown') {
      yield {
        resource,
        statements,
        cause,
        severity: 'info',
        message: `${who}, and nothing ends that or asks for an approval.`,
        undecided: `${principal.shown} is a value without a default, and may be a person`,
      };
    } else if (loose.length > 0) {
      yield {
        resource,
        statements,
        cause,
        message: `${who} without an approval: ${listed(loose)} is compared with IfExists, or only with what it must not be, so a session without the tag passes.`,
        example: `sts:AssumeRole on ${resource.title} without session tags`,
      };
    } else if (end === undefined && ends.includes('unknown')) {
      yield {
        resource,
        statements,
        cause,
        severity: 'info',
        message: `${who}, and when that ends is not in the template.`,
        undecided: 'the time in the condition on aws:CurrentTime is a value without a default',
      };
    } else {
      const limit =
        end === undefined
          ? 'nothing ends it'
          : `it ends only on ${new Date(end).toISOString().slice(0, 10)}, more than ${longestElevation} days from now`;
      const approval = principal.kind === 'agent' ? 'by itself' : 'without a tag that an approval sets';
      yield {
        resource,
        statements,
        cause,
        message: `${who} ${approval}, and ${limit}.`,
        example: `sts:AssumeRole on ${resource.title} by ${principal.shown}`,
      };
    }
  }
}

/** Statements that ask for an approval's tag, but only where there is one. */
function* loosePolicies(role: AppRole): Iterable<Observation> {
  const required = role.trust.filter(isAssumption).map(({ statement }) => requiredTags(statement.conditions));
  for (const statement of role.statements.filter(({ statement: { effect } }) => effect === 'Allow')) {
    const loose = looseTags(statement.statement.conditions).filter(
      (tag) =>
        !required.every((tags) => tags.includes(tag)) &&
        (OF_AN_APPROVAL.test(tag) || required.some((tags) => tags.length === 0)),
    );
    if (loose.length > 0) {
      yield {
        resource: statement.holder,
        statements: [statement],
        message: `${whereIs(statement)} gives the elevation role ${role.resource.title} its access without an approval: ${listed(loose)} is compared with IfExists, so a session without the tag passes.`,
      };
    }
  }
}

const TAG = /^aws:(?:requesttag|principaltag)\/(.+)$/i;

/** The tags that a condition asks for only where they are there. */
function looseTags(conditions: readonly PolicyCondition[]): string[] {
  const required = requiredTags(conditions);
  const loose = conditions.flatMap(({ key, operator }) => {
    const tag = TAG.exec(key)?.[1]?.toLowerCase();
    const optional = operator.ifExists || operator.negated || operator.set === 'ForAllValues';
    return tag !== undefined && optional && operator.family !== 'Null' ? [tag] : [];
  });
  return [...new Set(loose)].filter((tag) => !required.includes(tag));
}

/** The tags that a request has to carry. */
function requiredTags(conditions: readonly PolicyCondition[]): string[] {
  return conditions.flatMap(({ key, operator, values }) => {
    const tag = TAG.exec(key)?.[1]?.toLowerCase();
    const literals = values.map((value) => literalOf(value)?.toLowerCase());
    if (operator.family === 'Null') {
      return tag !== undefined && literals.every((value) => value === 'false') ? [tag] : [];
    }
    if (operator.ifExists || operator.negated || operator.set === 'ForAllValues') {
      return [];
    }
    const isTagKeys = key.toLowerCase() === 'aws:tagkeys';
    return tag !== undefined ? [tag] : isTagKeys ? literals.flatMap((value) => value ?? []) : [];
  });
}

/** Tags that say by their names that an approval sets them. */
const OF_AN_APPROVAL = /approv|grant|jit|ticket|elevat|incident|change|session/;

/** Whether whoever assumes the role has to bring a tag that a broker sets for each approval. */
function asksForApproval(role: AppRole, conditions: readonly PolicyCondition[], loose: readonly string[]): boolean {
  const tags = [
    ...requiredTags(conditions.filter(({ key }) => !/^aws:principaltag\//i.test(key))),
    ...role.trust.flatMap(deniedWithout),
  ];
  return (
    tags.length > 0 && (loose.every((tag) => !OF_AN_APPROVAL.test(tag)) || tags.some((tag) => OF_AN_APPROVAL.test(tag)))
  );
}

/** The tags without which a Deny of the trust policy refuses everybody. */
function deniedWithout(trust: AppStatement): string[] {
  const { effect, conditions, principal } = trust.statement;
  const [condition, ...more] = conditions;
  const tag = condition && /^aws:requesttag\/(.+)$/i.exec(condition.key)?.[1]?.toLowerCase();
  if (effect !== 'Deny' || !trust.sure || !principal?.everyone || more.length > 0 || tag === undefined) {
    return [];
  }
  const { operator, values } = condition as PolicyCondition;
  const absent = operator.family === 'Null' && values.every((value) => literalOf(value)?.toLowerCase() === 'true');
  return speaksOf(trust, 'sts:AssumeRole') && (absent || (operator.negated && !operator.ifExists)) ? [tag] : [];
}

/** When a Deny of the trust policy shuts everybody out. */
function denialBegin(trust: AppStatement): number | 'unknown' | undefined {
  const { effect, conditions, principal } = trust.statement;
  const shuts = effect === 'Deny' && trust.sure && principal?.everyone === true && conditions.length === 1;
  return shuts && speaksOf(trust, 'sts:AssumeRole') ? beginOf(conditions) : undefined;
}

/** When the last thing that the role's own policies allow ends; undefined where something never does. */
function endOfPolicies({ statements, outside }: AppRole): number | 'unknown' | undefined {
  const denials = statements
    .filter(({ statement, sure }) => {
      const all = (patterns: readonly unknown[]): boolean => patterns.some((pattern) => isAll(pattern));
      return (
        statement.effect === 'Deny' &&
        sure &&
        statement.conditions.length === 1 &&
        !statement.action.negated &&
        all(statement.action.patterns) &&
        all(statement.resource?.patterns ?? [])
      );
    })
    .flatMap(({ statement }) => beginOf(statement.conditions) ?? []);
  if (denials.length > 0) {
    return denials[0];
  }
  const allows = statements.filter(({ statement }) => statement.effect === 'Allow');
  const ends = allows.map(({ statement }) => endOf(statement.conditions));
  if (ends.length === 0 || outside.length > 0 || ends.includes(undefined)) {
    return undefined;
  }
  return ends.includes('unknown') ? 'unknown' : Math.max(...ends.filter((end) => typeof end === 'number'));
}

function isAll(pattern: unknown): boolean {
  return Array.isArray(pattern) && pattern.length === 1 && /^\*+$/.test(String(pattern[0]));
}
