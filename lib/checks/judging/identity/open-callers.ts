import type { AppStatement } from '../../../access/app/app-statement';
import { arnParts } from '../../../access/app/arn-parts';
import { serviceName } from '../../../access/app/principals';
import type { PolicyCondition } from '../../../policy/document/policy-document';
import { displayText, literalOf, type PolicyText } from '../../../policy/document/text';
import { compileGlob, globTokens, matchesGlob } from '../../../policy/match/glob';
import { isAnyValue, isRequired } from '../conditions/narrowing';

/** Keys that say from which account, organization or network somebody comes, or on whose behalf a service does. */
const BINDING =
  /^(aws:(source(account|arn|orgid|orgpaths|owner|vpce|vpc|vpcarn|ip)|principal(account|arn|orgid|orgpaths)|userid|vpcsourceip)|kms:calleraccount|s3:dataaccesspoint(account|arn))$/i;
/** What was encrypted says for whom, where a service asks. */
const BINDING_SERVICES = /^kms:(viaservice|encryptioncontext:.+)$/i;

/** Whom an Allow lets in without saying on whose behalf, for people; undefined for roles, accounts and bound callers. */
export function openCallers(allow: AppStatement, policy: readonly AppStatement[]): string | undefined {
  const { effect, principal, conditions } = allow.statement;
  if (effect !== 'Allow' || principal === undefined) {
    return undefined;
  }
  const isHeld = (condition: PolicyCondition): boolean => isRequired(condition, conditions) && !isOpen(condition);
  const isBound =
    conditions.some((condition) => BINDING.test(condition.key) && isHeld(condition)) ||
    policy.some((deny) => keepsOthersOut(deny, allow));
  if (isBound) {
    return undefined;
  }
  if (principal.negated) {
    return 'everybody but a list';
  }
  if (principal.everyone) {
    return 'anybody';
  }
  const services = principal.entries.filter(({ type }) => type === 'Service').map(({ id }) => id);
  const [service] = services;
  return service === undefined ||
    conditions.some((condition) => BINDING_SERVICES.test(condition.key) && isHeld(condition))
    ? undefined
    : `${displayText(service)} on behalf of any account`;
}

/** Whether a principal, as AWS::Lambda::Permission takes it, is a service. */
export function isService(principal: PolicyText): boolean {
  return serviceName(principal) !== displayText(principal).toLowerCase();
}

/** Whether a source is whatever there is: `*`, any account, or the buckets of everybody. */
export function isAnySource(source: PolicyText): boolean {
  const parts = arnParts(source);
  if (parts === undefined) {
    return isAnyValue(source);
  }
  const account = displayText(parts.account);
  return parts.tail === undefined || /[*?]/.test(account) || (account === '' && isAnyValue(parts.tail));
}

function isOpen({ key, values }: PolicyCondition): boolean {
  return values.some((value) =>
    /arn$/i.test(key)
      ? isAnySource(value)
      : isAnyValue(value) || (/ip$/i.test(key) && /\/0+$/.test(literalOf(value) ?? '')),
  );
}

/** Whether a Deny is for all callers but those that its conditions name, and about all that an Allow gives. */
function keepsOthersOut(deny: AppStatement, allow: AppStatement): boolean {
  const { effect, principal, conditions, action } = deny.statement;
  const others = conditions.filter(({ key, operator }) => operator.negated && BINDING.test(key));
  const rest = conditions.filter((condition) => !others.includes(condition));
  return (
    effect === 'Deny' &&
    deny.sure &&
    deny.unknown.length === 0 &&
    principal?.everyone === true &&
    !principal.negated &&
    !others.some(isOpen) &&
    rest.every(({ key }) => /^aws:(principalisawsservice|viaawsservice)$/i.test(key)) &&
    !action.negated &&
    allow.statement.action.patterns.every((given) => action.patterns.some((taken) => takesInAction(taken, given)))
  );
}

function takesInAction(outer: PolicyText, inner: PolicyText): boolean {
  const [pattern, action] = [outer, inner].map((name) => displayText(name).toLowerCase());
  return matchesGlob(compileGlob(globTokens([pattern ?? ''])), action ?? '');
}
