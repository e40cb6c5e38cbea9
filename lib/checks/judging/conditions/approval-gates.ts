import type { AppRole } from '../../../access/app/app-role';
import type { PolicyCondition } from '../../../policy/document/policy-document';
import { literalOf } from '../../../policy/document/text';
import { compileGlob, globTokens, matchesGlob } from '../../../policy/match/glob';
import { speaksOf } from '../grants/allowed-actions';
import { takesIn } from '../grants/role-grants';
import type { StatementGrant } from '../grants/statement-grants';
import { isRequired } from './narrowing';

/** Tags of the session, which the broker of an approval sets, and who stands behind it. */
const GATES = /^(aws:principaltag\/(?<tag>.+)|(aws|sts):sourceidentity)$/i;
/** Tags that say who an agent is and for whom it works, whatever anybody approved. */
const NO_APPROVAL =
  /^(principaltype|agent-?name|owner|accesstier|(aws:)?(eks|kubernetes)[-:].+|tenant(-?id)?|team|department|project|environment|env|stage|cost-?center)$/i;

/**
 * Whether all that a grant gives waits for an approval: the Allow asks for it, or a Deny of every role refuses without.
 * `aws:RequestTag` is none, since whoever asks writes it; nor is a tag that the role carries itself.
 */
export function isGated(grant: StatementGrant, actions: readonly string[]): boolean {
  const { conditions } = grant.statement.statement;
  return (
    conditions.some((condition) => asksForApproval(condition, conditions, grant.roles)) ||
    grant.roles.every((role) => actions.every((action) => isRefusedWithout(role, action, grant)))
  );
}

function asksForApproval(
  condition: PolicyCondition,
  all: readonly PolicyCondition[],
  roles: readonly AppRole[],
): boolean {
  const asks = condition.operator.family === 'Null' ? isNull(condition, 'false') : isRequired(condition, all);
  return asks && isApproval(condition, roles);
}

/** Whether a Deny of the role refuses an action to sessions that nobody approved. */
function isRefusedWithout(role: AppRole, action: string, { resources }: StatementGrant): boolean {
  return role.statements.some((deny) => {
    const { effect, conditions, resource } = deny.statement;
    const [condition, ...more] = conditions;
    return (
      effect === 'Deny' &&
      deny.sure &&
      deny.unknown.length === 0 &&
      condition !== undefined &&
      more.length === 0 &&
      refusesWithout(condition) &&
      isApproval(condition, [role]) &&
      speaksOf(deny, action) &&
      resource?.negated === false &&
      resources.every((given) => resource.patterns.some((pattern) => takesIn(pattern, given)))
    );
  });
}

/** Whether a condition of a Deny is met by a request without the key. */
export function refusesWithout(condition: PolicyCondition): boolean {
  const { operator } = condition;
  return operator.family === 'Null'
    ? isNull(condition, 'true')
    : operator.set === undefined && (operator.negated || operator.ifExists);
}

function isNull({ operator, values }: PolicyCondition, wanted: 'true' | 'false'): boolean {
  return operator.family === 'Null' && values.every((value) => literalOf(value)?.toLowerCase() === wanted);
}

/** Whether a condition is about what a broker says of the session, and not about what the role says of itself. */
function isApproval({ key, operator, values }: PolicyCondition, roles: readonly AppRole[]): boolean {
  const match = GATES.exec(key);
  const tag = match?.groups?.tag;
  if (match === null || tag === undefined) {
    return match !== null;
  }
  const isOwn = roles.some(({ resource }) => {
    const own = resource.tag(tag);
    return operator.family === 'Null'
      ? resource.tagPresence(tag) !== 'never'
      : own.some((value) => values.some((wanted) => matchesGlob(compileGlob(globTokens(wanted)), value)));
  });
  return !NO_APPROVAL.test(tag) && !isOwn;
}
