import type { AppStatement } from '../../../access/app/app-statement';
import { arnParts } from '../../../access/app/arn-parts';
import type { PolicyCondition } from '../../../policy/document/policy-document';
import { displayText, literalOf, type PolicyText } from '../../../policy/document/text';
import { isRequired } from '../conditions/narrowing';
import { speaksOf } from '../grants/allowed-actions';

/** The actions that give a role's credentials to somebody. */
const ASSUMING = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'];

/** Whether a statement of a trust policy is an Allow to assume the role, in one of these ways. */
export function letsAssume(statement: AppStatement, ...actions: readonly string[]): boolean {
  return statement.statement.effect === 'Allow' && isAboutAssuming(statement, actions.length > 0 ? actions : ASSUMING);
}

function isAboutAssuming(statement: AppStatement, actions: readonly string[]): boolean {
  // An action that the template does not tell can only be one of these: a role is for nothing else.
  return (
    statement.unknown.some(({ element }) => element === 'Action') || actions.some((name) => speaksOf(statement, name))
  );
}

/**
 * Whether an Allow of a trust policy is left to certain callers by `aws:PrincipalArn` or `aws:userid`, in itself or by a
 * Deny for all others.
 *
 * @param anyAccount Whether callers count as certain whose account is left open, since the principal names it.
 */
export function isLeftToCertainCallers(
  { statement }: AppStatement,
  trust: readonly AppStatement[],
  anyAccount = false,
): boolean {
  const certain = ({ key, values }: PolicyCondition): boolean =>
    values.length > 0 &&
    values.every((value) =>
      key.toLowerCase() === 'aws:principalarn'
        ? namesCaller(value, anyAccount)
        : key.toLowerCase() === 'aws:userid' && /^[A-Z]{4}[A-Z0-9]{12,}(:|$)/.test(displayText(value)),
    );
  return (
    statement.conditions.some((condition) => isRequired(condition, statement.conditions) && certain(condition)) ||
    denyForOthers(trust).some(certain)
  );
}

/** Whether an ARN pattern names a caller, and not just a kind of caller. */
function namesCaller(value: PolicyText, anyAccount: boolean): boolean {
  if (value.length === 1 && typeof value[0] === 'object') {
    return true;
  }
  const parts = arnParts(value);
  const account = parts && literalOf(parts.account);
  const tail = displayText(parts?.tail ?? []);
  const name = tail.replace(/^[a-z-]+\//, '');
  return (anyAccount || account === undefined || /^\d{12}$/.test(account)) && name !== tail && /[^*?/]/.test(name);
}

/**
 * The single conditions of denies that keep all callers out but those that the condition names.
 *
 * @param isAboutCallers Whether a Deny that is not for everybody reaches all the callers that are asked about.
 */
export function denyForOthers(
  trust: readonly AppStatement[],
  isAboutCallers: (deny: AppStatement) => boolean = () => false,
): PolicyCondition[] {
  return trust.flatMap((deny) => {
    const { effect, principal, conditions } = deny.statement;
    const [only, ...more] = conditions;
    return effect === 'Deny' &&
      deny.sure &&
      deny.unknown.length === 0 &&
      principal?.negated === false &&
      (principal.everyone || isAboutCallers(deny)) &&
      isAboutAssuming(deny, ['sts:AssumeRole']) &&
      only?.operator.negated === true &&
      only.operator.set === undefined &&
      more.length === 0
      ? [only]
      : [];
  });
}
