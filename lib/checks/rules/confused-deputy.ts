import type { AppStatement } from '../../access/app/app-statement';
import { arnParts } from '../../access/app/arn-parts';
import { servicesIn, servicesNamed } from '../../access/app/principals';
import type { PolicyCondition } from '../../policy/document/policy-document';
import { displayText, type PolicyText } from '../../policy/document/text';
import { isRequired } from '../judging/conditions/narrowing';
import { denyForOthers, letsAssume } from '../judging/identity/trusted-callers';
import { listed, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** The services that say on whose behalf they assume a role. Lambda and EC2 do not: asking them would lock them out. */
const DEPUTIES = ['bedrock', 'bedrock-agentcore', 'ecs-tasks', 'pods.eks', 'scheduler', 'states'];

/** Confused deputy. */
export const CONFUSED_DEPUTY: Rule = {
  name: 'confused-deputy',
  group: 'ID',
  severity: 'error',
  title: 'A service may assume the role on behalf of any account.',
  why: 'Somebody else creates an agent in an account of their own and names this role. The service is trusted, so it works for them too.',
  fix: 'Ask for the account with StringEquals on aws:SourceAccount, or for the agent with ArnLike on aws:SourceArn, in every statement that trusts the service. ScopedAgentRole writes both.',
  frameworks: [
    'OWASP ASI03',
    'OWASP ASI07',
    'OWASP NHI4',
    'CSA MAESTRO L4',
    'NIST SP 800-207 tenet 4',
    'NIST CSF 2.0 PR.AA',
  ],
  *check(app): Iterable<Observation> {
    for (const { resource, trust } of app.rolesOf('agent', 'knowledge-base')) {
      for (const given of trust.filter((statement) => letsAssume(statement, 'sts:AssumeRole'))) {
        const deputies = servicesIn(given).filter((service) => DEPUTIES.includes(service));
        if (deputies.length > 0 && !isBound(given, deputies, trust)) {
          yield {
            resource,
            statements: [given],
            message: `${whereIs(given)} lets ${listed([...new Set(deputies)])} assume the role on behalf of any account${looksBound(given)}.`,
            example: `sts:AssumeRole by ${deputies[0]} for an agent of another account`,
          };
        }
      }
    }
  },
};

/** Whether some required key fixes the account, or the organization, that the service works for. */
function isBound({ statement }: AppStatement, deputies: readonly string[], trust: readonly AppStatement[]): boolean {
  const isAboutAll = (deny: AppStatement): boolean =>
    deputies.every((service) => servicesNamed(deny).includes(service));
  return (
    statement.conditions.some((condition) => isRequired(condition, statement.conditions) && fixesAccount(condition)) ||
    denyForOthers(trust, isAboutAll).some((condition) => !condition.operator.ifExists && fixesAccount(condition))
  );
}

function fixesAccount({ key, values }: PolicyCondition): boolean {
  const isFixed = BY_KEY.get(key.toLowerCase());
  return isFixed !== undefined && values.length > 0 && values.every(isFixed);
}

const BY_KEY: ReadonlyMap<string, (value: PolicyText) => boolean> = new Map([
  ['aws:sourceaccount', hasNoWildcard],
  ['aws:sourceorgid', hasNoWildcard],
  // `o-example/r-root/ou-unit/*`: what is below the organization may be open.
  ['aws:sourceorgpaths', (value) => /^(o-[a-z0-9]+|<)/.test(displayText(value))],
  ['aws:sourcearn', hasFixedAccount],
  // EKS tells the cluster, account and all.
  ['aws:requesttag/eks-cluster-arn', hasFixedAccount],
]);

function hasNoWildcard(value: PolicyText): boolean {
  return value.length > 0 && !value.some((part) => typeof part === 'string' && /[*?]/.test(part));
}

/** `agent/*` is all there is to say before the agent exists: the account is what counts. */
function hasFixedAccount(value: PolicyText): boolean {
  if (value.length === 1 && typeof value[0] === 'object') {
    return true;
  }
  const parts = arnParts(value);
  return parts !== undefined && hasNoWildcard(parts.account);
}

function looksBound({ statement: { conditions } }: AppStatement): string {
  const near = conditions.filter(({ key }) => BY_KEY.get(key.toLowerCase()) !== undefined);
  const shown = near.map(({ operator, key, values }) => `${operator.name} ${key} ${listed(values.map(displayText))}`);
  return shown.length === 0 ? '' : `: ${listed(shown)} does not bind it to one`;
}
