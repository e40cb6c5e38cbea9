import type { AppModel } from '../../access/app/app-model';
import type { AppStatement } from '../../access/app/app-statement';
import { displayText, literalOf } from '../../policy/document/text';
import { isLeftToCertainCallers, letsAssume } from '../judging/identity/trusted-callers';
import { listed, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Nobody in particular may become the agent; and the one place where a principal that cannot be read is reported. */
export const TRUST_PUBLIC: Rule = {
  name: 'trust-public',
  group: 'ID',
  severity: 'error',
  title: 'Anybody in AWS, or anybody but a few, may become the agent.',
  why: 'Whoever knows the ARN of the role gets its credentials, from any account. An external ID is no secret, and an organization is everybody in it.',
  fix: 'Name the one service, or the one role, that assumes this role. ScopedAgentRole writes the trust policy of its host.',
  frameworks: [
    'OWASP ASI03',
    'OWASP NHI4',
    'CSA MAESTRO L6',
    'NIST SP 800-53 AC-6',
    'NIST SP 800-207 tenet 3',
    'NIST CSF 2.0 PR.AA',
  ],
  *check(app): Iterable<Observation> {
    for (const { resource, trust } of app.agentRoles) {
      for (const given of trust) {
        const everybody = letsAssume(given) ? everybodyIn(given) : undefined;
        const unreadable = unreadableIn(given);
        if (everybody !== undefined && !(everybody === ANYBODY && isLeftToCertainCallers(given, trust))) {
          const effect = given.unknown.find(({ element }) => element === 'Effect');
          yield {
            resource,
            statements: [given],
            message: `${whereIs(given)} lets ${everybody} assume the role${conditionsOf(given)}.`,
            example: 'sts:AssumeRole by a role of any other account',
            ...(effect && { severity: 'warning', undecided: `the Effect is ${effect.shown}` }),
          };
        } else if (unreadable !== undefined) {
          yield {
            resource,
            severity: 'warning',
            statements: [given],
            message: `Who may assume the role is not in the template: ${whereIs(given)}.`,
            undecided: `the principal is ${unreadable}`,
          };
        } else {
          yield* opaqueIn(given, app, resource);
        }
      }
    }
  },
};

const ANYBODY = 'anybody';

function everybodyIn({ statement: { principal } }: AppStatement): string | undefined {
  if (principal === undefined) {
    return undefined;
  }
  if (principal.negated) {
    return `anybody but ${listed(principal.entries.map(({ id }) => displayText(id)))} (NotPrincipal)`;
  }
  if (principal.everyone) {
    return ANYBODY;
  }
  const wide = principal.entries.find(({ id }) => /[*?]/.test(literalOf(id)?.replace(/\$\{[*?$]\}/g, '') ?? ''));
  return wide && `${wide.type} ${displayText(wide.id)}`;
}

function conditionsOf({ statement: { conditions } }: AppStatement): string {
  const keys = [...new Set(conditions.map(({ key }) => key))];
  return keys.length === 0 ? '' : `; ${listed(keys)} in its condition does not name the caller`;
}

/** What stands where the principals should be, when the template does not tell them. */
function unreadableIn(given: AppStatement): string | undefined {
  if (given.statement.effect !== 'Allow') {
    return undefined;
  }
  const whole = given.statement.principal === undefined && given.faults.length === 0;
  return given.unknown.find(({ element }) => element === 'Principal' || (whole && element === 'Action'))?.shown;
}

/** Principals that fill the whole slot and are only known at deployment. */
function* opaqueIn(given: AppStatement, app: AppModel, resource: AppStatement['holder']): Iterable<Observation> {
  if (!letsAssume(given)) {
    return;
  }
  const { principal } = given.statement;
  const opaque = principal?.entries.filter(
    ({ type, id }) =>
      type === 'AWS' &&
      id.length === 1 &&
      typeof id[0] === 'object' &&
      id[0].atom !== 'AWS::AccountId' &&
      app.resourceOf(id, given.holder) === undefined,
  );
  if (opaque !== undefined && opaque.length > 0) {
    yield {
      resource,
      severity: 'info',
      statements: [given],
      message: `${whereIs(given)} trusts a principal that is not in the template.`,
      undecided: `${listed(opaque.map(({ id }) => displayText(id)))} is only known at deployment`,
    };
  }
}
