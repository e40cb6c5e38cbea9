import type { AppStatement } from '../../access/app/app-statement';
import type { PolicyCondition } from '../../policy/document/policy-document';
import { literalOf } from '../../policy/document/text';

/** Keys about who asks, from where and when: they never say which resource. */
const ABOUT_THE_CALL =
  /^aws:(calledvia|currenttime|epochtime|federatedprovider|multifactorauth|principal|referer|requestedregion|securetransport|source|tokenissuetime|useragent|userid|username|viaaws|vpcsource|ec2instance|assumedroot|chatbot)/i;
/** Keys about the account of the resource: they leave everything in it. */
const ABOUT_THE_ACCOUNT = /^aws:resource(account|orgid|orgpaths)$/i;

/**
 * Whether a condition of an Allow leaves fewer resources than it would have without.
 *
 * Not: `...IfExists`, negated operators, `Null`, values that are nothing but `*`, keys about the call or the account, and
 * `ForAllValues` unless `Null` asks for the key too, since all of these are met by a request without the key.
 */
export function narrowsResources(condition: PolicyCondition, { statement }: AppStatement): boolean {
  return (
    isRequired(condition, statement.conditions) &&
    !ABOUT_THE_CALL.test(condition.key) &&
    !ABOUT_THE_ACCOUNT.test(condition.key)
  );
}

/** Whether some condition of a statement leaves fewer resources. */
export function hasNarrowingCondition(statement: AppStatement): boolean {
  return statement.statement.conditions.some((condition) => narrowsResources(condition, statement));
}

/** Keys of one action each, which every request for it carries. */
const ALWAYS_THERE: ReadonlySet<string> = new Set(['iam:passedtoservice', 'sts:rolesessionname']);

/** Whether a condition of an Allow refuses requests without the key, and some values of it. */
export function isRequired(condition: PolicyCondition, all: readonly PolicyCondition[]): boolean {
  const { operator, values } = condition;
  if (
    operator.family === 'Null' ||
    operator.ifExists ||
    operator.negated ||
    values.some((value) => /^\**$/.test(literalOf(value) ?? '-'))
  ) {
    return false;
  }
  return (
    operator.set !== 'ForAllValues' ||
    ALWAYS_THERE.has(condition.key.toLowerCase()) ||
    all.some((other) => asksFor(other, condition.key))
  );
}

/** Whether a condition says that the request has to carry a key. */
function asksFor({ operator, key, values }: PolicyCondition, wanted: string): boolean {
  return (
    operator.family === 'Null' &&
    key.toLowerCase() === wanted.toLowerCase() &&
    values.every((value) => literalOf(value)?.toLowerCase() === 'false')
  );
}
