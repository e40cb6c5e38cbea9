import type { AppStatement } from '../../../access/app/app-statement';
import type { PolicyCondition } from '../../../policy/document/policy-document';
import { literalOf, type PolicyText } from '../../../policy/document/text';

/** Keys about who asks, from where and when: they never say which resource. */
const ABOUT_THE_CALL =
  /^aws:(calledvia|currenttime|epochtime|federatedprovider|multifactorauth|principal|referer|requestedregion|securetransport|source|tokenissuetime|useragent|userid|username|viaaws|vpcsource|ec2instance|assumedroot|chatbot)/i;
/** Keys about the account or the region of the resource: they leave everything in it. */
const ABOUT_THE_ACCOUNT = /^((aws|s3):resource(account|orgid|orgpaths)|ec2:region)$/i;
/** Keys of a service about how it is asked, and not about what: encryption in transit, headers, how much comes back. */
const ABOUT_THE_REQUEST =
  /^(s3:(authtype|delimiter|max-keys|signatureage|signatureversion|tlsversion|x-amz-.+)|dynamodb:(attributes|enclosingoperation|fulltablescan|returnconsumedcapacity|returnvalues|select)|secretsmanager:version(id|stage))$/i;

/**
 * Whether a condition of an Allow leaves fewer resources than it would have without.
 *
 * Not: negated operators, `Null`, values that are nothing but wildcards, keys about the call or the account; and neither
 * `...IfExists` nor `ForAllValues` unless `Null` asks for the key too, since a request without the key meets them.
 */
export function narrowsResources(condition: PolicyCondition, { statement }: AppStatement): boolean {
  return (
    isRequired(condition, statement.conditions) &&
    !ABOUT_THE_CALL.test(condition.key) &&
    !ABOUT_THE_ACCOUNT.test(condition.key) &&
    !ABOUT_THE_REQUEST.test(condition.key)
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
    operator.negated ||
    values.some(isAnyValue) ||
    (operator.ifExists && !isAskedFor(condition, all))
  ) {
    return false;
  }
  return operator.set !== 'ForAllValues' || ALWAYS_THERE.has(condition.key.toLowerCase()) || isAskedFor(condition, all);
}

/** Whether a value is met by everything that a key can hold: `*`, `arn:aws:*`, `0.0.0.0/0`. */
export function isAnyValue(value: PolicyText): boolean {
  const shown = value.map((part) => (typeof part === 'string' ? part : part.atom === 'AWS::Partition' ? '*' : '-'));
  return /^(?:(?:arn:(?:(?:aws[\w-]*|\*):)?)?[*?:]*\*[*?:]*|[\d.:a-f]+\/0)$/.test(shown.join(''));
}

/** Whether another condition of the same statement says that the request has to carry the key. */
export function isAskedFor({ key }: PolicyCondition, all: readonly PolicyCondition[]): boolean {
  return all.some((other) => asksFor(other, key));
}

/** Whether a condition says that the request has to carry a key. */
function asksFor({ operator, key, values }: PolicyCondition, wanted: string): boolean {
  return (
    operator.family === 'Null' &&
    key.toLowerCase() === wanted.toLowerCase() &&
    values.every((value) => literalOf(value)?.toLowerCase() === 'false')
  );
}
