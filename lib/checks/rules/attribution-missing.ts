import type { AppModel } from '../../access/app/app-model';
import type { AppRole } from '../../access/app/app-role';
import type { AppStatement } from '../../access/app/app-statement';
import { humanPrincipals, serviceName } from '../../access/app/principals';
import type { PolicyCondition } from '../../policy/document/policy-document';
import { displayText, literalOf, type PolicyText } from '../../policy/document/text';
import { SESSION_TAG, SOURCE_IDENTITY } from '../action-sets/role-assumption';
import { isRequired } from '../judging/conditions/narrowing';
import { ActionSet, speaksOf } from '../judging/grants/allowed-actions';
import { isUnknown, judgedGrants } from '../judging/grants/judged-grants';
import { grantsOf } from '../judging/grants/role-grants';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const ASSUME = new ActionSet('sts:AssumeRole');
const NAMING = SESSION_TAG.and(SOURCE_IDENTITY);

/** Sessions of which nobody can say which agent, or whose task, they are. */
export const ATTRIBUTION_MISSING: Rule = {
  name: 'attribution-missing',
  group: 'DEL',
  severity: 'error',
  title: 'A role can be assumed from another one without saying for whom, or under any tag or identity.',
  why: 'The log of a chained session shows the last role alone. Without a pinned session name or source identity nobody can say which agent did something; with free tags or a free source identity an agent can pass as another one.',
  fix: "In the trust, ask for `sts:RoleSessionName` or `sts:SourceIdentity` with StringEquals or a constant part, and give `sts:TagSession` only with `aws:RequestTag/...` or `aws:TagKeys`. ScopedAgentRole's trust lets the service of its host assume it, and nobody else.",
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
    for (const role of app.roles) {
      for (const trust of role.trust) {
        const wrong = wrongInTrust(trust, role, app);
        if (wrong.length > 0) {
          yield {
            resource: role.resource,
            statements: [trust],
            message: `The trust of ${role.resource.title} (${trust.place}) ${listed(wrong)}.`,
            example: `sts:AssumeRole on ${role.resource.title} as the session "anything"`,
          };
        }
      }
    }
    const free = judgedGrants(app, app.agentRoles, NAMING, ({ statement, action, resources }) =>
      isUnknown(statement, 'Condition') || restricts(statement, action.name)
        ? []
        : resources.filter((resource) => !isRestrictedByTrust(app, resource, statement, action.name)),
    );
    for (const grant of free) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} choose how its sessions are marked: ${listed(grant.actions)} on ${shownResources(grant.resources)}, without a condition on the tags or the identity.`,
        example: exampleOf(grant),
      };
    }
  },
};

/** What a statement of a trust policy lets callers leave open. */
function wrongInTrust(trust: AppStatement, role: AppRole, app: AppModel): string[] {
  const { statement, unknown } = trust;
  const { principal } = statement;
  if (
    statement.effect !== 'Allow' ||
    principal === undefined ||
    principal.negated ||
    unknown.some(({ element }) => element !== 'Action')
  ) {
    return [];
  }
  const humans = humanPrincipals(trust, app);
  const callers = principal.entries
    .filter(({ type, id }) => type === 'AWS' && !humans.includes(displayText(id)))
    .filter(({ id }) => literalOf(id) !== '*' && (humans.length === 0 || !isAccount(id)))
    .map(({ id }) => id)
    // In the trust of other roles, the agents of the app alone are of interest.
    .filter((id) => role.kinds.has('agent') || app.roleOf(id, role.resource)?.kinds.has('agent') === true);
  const nameless = speaksOf(trust, 'sts:AssumeRole') && !isAttributed(statement.conditions);
  const unnamed = nameless ? callers.filter((id) => !isAttributedByCaller(app, id, role)) : [];
  const isMarked = callers.length > 0 || (role.kinds.has('agent') && principal.entries.some(isServiceThatTags));
  return [
    ...(unnamed.length > 0
      ? [`lets ${shownResources(unnamed)} assume it without a pinned sts:RoleSessionName or sts:SourceIdentity`]
      : []),
    ...[...NAMING.names]
      .filter((action) => isMarked && speaksOf(trust, action) && !restricts(trust, action))
      .map((action) => `allows ${action} without a condition on ${action === TAG ? 'the tags' : 'the identity'}`),
  ];
}

const TAG = 'sts:TagSession';

/** EKS sets the tags of its pods itself, and its roles need the action. */
function isServiceThatTags({ type, id }: { type: string; id: PolicyText }): boolean {
  return type === 'Service' && serviceName(id) !== 'pods.eks';
}

function isAccount(id: PolicyText): boolean {
  return /(^\d{12}|:root|^<AWS::AccountId>)$/.test(displayText(id));
}

/** Whether the conditions ask for a name that says who it is: some constant part, not only that there is a name. */
function isAttributed(conditions: readonly PolicyCondition[]): boolean {
  return conditions.some(
    (condition) =>
      (/^sts:(rolesessionname|sourceidentity)$/i.test(condition.key) && isPinned(condition, conditions)) ||
      asksForIdentity(condition),
  );
}

function isPinned(condition: PolicyCondition, all: readonly PolicyCondition[]): boolean {
  return isRequired(condition, all) && !condition.values.some((value) => /^[*?]+$/.test(literalOf(value) ?? ''));
}

function asksForIdentity({ operator, key, values }: PolicyCondition): boolean {
  return (
    operator.family === 'Null' &&
    key.toLowerCase() === 'sts:sourceidentity' &&
    values.every((value) => literalOf(value)?.toLowerCase() === 'false')
  );
}

/** Whether a role of the app may assume another one only with a name that its own policies pin. */
function isAttributedByCaller(app: AppModel, caller: PolicyText, role: AppRole): boolean {
  const from = app.roleOf(caller, role.resource);
  const grants =
    from === undefined
      ? []
      : grantsOf(from, ASSUME).filter(({ resources }) =>
          resources.some((resource) => app.covers(resource, role.resource)),
        );
  return grants.length > 0 && grants.every(({ statement }) => isAttributed(statement.statement.conditions));
}

/** Whether a statement says with which tags, or as whom. */
function restricts({ statement: { conditions } }: AppStatement, action: string): boolean {
  return conditions.some((condition) => {
    if (action !== TAG) {
      return (
        (condition.key.toLowerCase() === 'sts:sourceidentity' && isPinned(condition, conditions)) ||
        asksForIdentity(condition)
      );
    }
    const { operator, key, values } = condition;
    const areKeys = key.toLowerCase() === 'aws:tagkeys' && !operator.negated && operator.set !== 'ForAnyValue';
    // All tags of a request have to be among the values; a request without tags is no harm.
    return areKeys
      ? !values.some((value) => /^[*?]+$/.test(literalOf(value) ?? ''))
      : /^aws:requesttag\//i.test(key) && isPinned(condition, conditions);
  });
}

/** Whether the trust of the one role that a resource names says with which tags, or as whom. */
function isRestrictedByTrust(app: AppModel, resource: PolicyText, from: AppStatement, action: string): boolean {
  const target = app.roleOf(resource, from.holder);
  const allowing = target?.trust.filter((trust) => trust.statement.effect === 'Allow' && speaksOf(trust, action)) ?? [];
  return target !== undefined && allowing.every((trust) => restricts(trust, action));
}
