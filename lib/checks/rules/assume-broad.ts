import type { AppModel } from '../../access/app/app-model';
import type { AppRole } from '../../access/app/app-role';
import type { AppStatement } from '../../access/app/app-statement';
import { arnParts } from '../../access/app/arn-parts';
import { displayText, literalOf, type PolicyText } from '../../policy/document/text';
import { ROLE_ASSUMPTION } from '../action-sets/role-assumption';
import { isRequired } from '../judging/conditions/narrowing';
import { type ActionGrant, isUnknown, judgedGrants } from '../judging/grants/judged-grants';
import { isManyRoles } from '../judging/grants/many-roles';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { isAtHome } from '../judging/identity/home-accounts';
import { privilegeInName, privilegeInPolicies } from '../judging/identity/privileged-role';
import { listed, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** An agent that may become any role, a role of another account, or one that may everything. */
export const ASSUME_BROAD: Rule = {
  name: 'assume-broad',
  group: 'DEL',
  severity: 'error',
  title: 'An agent may become any role, a role of another account, or a role with the rights of an administrator.',
  why: 'What the agent may do is then what the most powerful of these roles may do, also of roles that are made later. Its own policies and boundary stop to matter once it has become another role.',
  fix: 'Name one role of the same account that has a need of its own, and pin how it is assumed: `sts:RoleSessionName`, `aws:RequestTag`. For access that is not standing use an elevation that a person approves.',
  frameworks: [
    'OWASP ASI03',
    'OWASP NHI5',
    'NIST SP 800-53 AC-6(9)',
    'NIST SP 800-207 tenet 3',
    'AWS AGENTSEC03-BP02',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 ID',
  ],
  *check(app): Iterable<Observation> {
    for (const certain of [true, false]) {
      const reasons = new Map<AppStatement, Set<string>>();
      const broad = judgedGrants(app, app.agentRoles, ROLE_ASSUMPTION, (grant, role) =>
        grant.resources.filter((resource) => {
          const reason = tooMuch(resource, grant, role, app, certain);
          if (reason !== undefined) {
            reasons.set(grant.statement, (reasons.get(grant.statement) ?? new Set()).add(reason));
          }
          return reason !== undefined;
        }),
      );
      for (const grant of broad) {
        yield {
          resource: grant.statement.holder,
          statements: [grant.statement],
          message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} become ${listed([...(reasons.get(grant.statement) ?? [])])}.`,
          example: exampleOf(grant),
          ...(certain ? {} : { severity: 'info' as const, undecided: 'the template does not tell its account' }),
        };
      }
    }
  },
};

/** Why an agent should not become what a resource stands for. */
function tooMuch(
  resource: PolicyText,
  { statement, action }: ActionGrant,
  role: AppRole,
  app: AppModel,
  certain: boolean,
): string | undefined {
  const shown = displayText(resource);
  const account = arnParts(resource)?.account ?? [];
  const target = app.roleOf(resource, statement.holder);
  if (!certain) {
    const isOpen = target === undefined && account.length > 0 && isAtHome(account, role) === 'unknown';
    return isOpen && tooMuch(resource, { statement, action, resources: [] }, role, app, true) === undefined
      ? `${shown}, which may be in another account`
      : undefined;
  }
  if (action.name === 'sts:AssumeRoot') {
    return `the root user of ${shown}`;
  }
  if (isManyRoles(resource, action) || /[*?]/.test(literalOf(account) ?? '')) {
    return isUnknown(statement, 'Condition') || hasRoleTag(statement) ? undefined : `any role (${shown})`;
  }
  const privilege =
    (target && privilegeInPolicies(target)) ?? privilegeInName(target ? [] : (arnParts(resource)?.tail ?? []));
  if (privilege !== undefined) {
    return `${target?.resource.title ?? shown}, which is ${privilege}`;
  }
  const isElsewhere = target ? isApart(target, role) : isAtHome(account, role) === 'elsewhere';
  return isElsewhere ? `${shown}, which is in another account` : undefined;
}

/** Whether two roles of the app are deployed into different accounts. */
function isApart({ resource: one }: AppRole, { resource: other }: AppRole): boolean {
  const accounts = [one.template.account, other.template.account];
  return !accounts.includes(undefined) && accounts[0] !== accounts[1];
}

/** Whether a condition asks for a tag of the role that is assumed. */
function hasRoleTag({ statement: { conditions } }: AppStatement): boolean {
  return conditions.some(
    (condition) => /^(aws|iam):resourcetag\//i.test(condition.key) && isRequired(condition, conditions),
  );
}
