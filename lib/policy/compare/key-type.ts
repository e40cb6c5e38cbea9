import { parseDecimal } from '../condition/decimal';
import { parseInstant } from '../condition/instant';
import { parseIpRange } from '../condition/ip-range';
import { resolvePattern, resolveText, type TextTemplate } from '../condition/policy-variable';
import { RequestContext } from '../condition/request-context';
import { literalOf } from '../document/text';
import { PARTS } from '../match/arn-like';
import { stringLike } from '../match/string-like';
import { compiledReference, compiledService } from '../reference/compiled-reference';
import { isKey } from '../reference/condition-keys';
import type { ComparedCondition } from './compared-condition';

const NO_CONTEXT = new RequestContext({});

const found = new Map<string, string | undefined>();

/**
 * The type of a context key, as the service reference has it: `String`, `ARN`, `Bool`, `Date`, `IPAddress`, `Numeric`,
 * or `ArrayOf...` of one of these; undefined for a key it does not know.
 */
export function keyType(key: string): string | undefined {
  if (!found.has(key)) {
    if (found.size > 10_000) {
      found.clear();
    }
    const service = compiledService(key.split(':')[0] ?? '');
    const types = [...compiledReference().globalKeys, ...(service?.keys ?? [])];
    found.set(key, types.find(([name]) => isKey(name, key))?.[1]);
  }
  return found.get(key);
}

/** Whether a request can carry the value under a key of this type. */
export function isOfType(type: string | undefined, value: string): boolean {
  switch (type?.replace(/^ArrayOf/, '')) {
    case 'Numeric':
      return parseDecimal(value) !== undefined;
    case 'Date':
      return parseInstant(value) !== undefined;
    case 'Bool':
      return value === 'true' || value === 'false';
    case 'IPAddress':
      return !value.includes('/') && parseIpRange(value) !== undefined;
    case 'ARN':
      return value.startsWith('arn:') && value.split(':').length >= PARTS;
    default:
      return true;
  }
}

/**
 * The type that a key's values are taken to have: the reference's, unless the policies compare the key as something
 * else. The reference can be wrong, and then only the policies tell what the values look like.
 *
 * @returns undefined when nothing is known: any text is a value then.
 */
export function comparedType(key: string, conditions: readonly ComparedCondition[]): string | undefined {
  const type = keyType(key);
  return type !== undefined && conditions.every((condition) => isComparedAs(type, condition)) ? type : undefined;
}

function isComparedAs(type: string, { operator, known }: ComparedCondition): boolean {
  const { family } = operator;
  const base = type.replace(/^ArrayOf/, '');
  if (family === 'Null') {
    return true;
  }
  switch (base) {
    case 'Numeric':
    case 'Date':
    case 'IPAddress':
      return (family === 'IpAddress' ? 'IPAddress' : family) === base;
    case 'Bool':
    case 'ARN':
      return family === (base === 'ARN' ? 'Arn' : base) || (family === 'String' && known.values.every(fitsType));
    default:
      return true;
  }

  /** Whether values of the type are among those that a value of a String operator fits. */
  function fitsType(value: TextTemplate): boolean {
    const tokens = resolvePattern(value, NO_CONTEXT) ?? [];
    const isPattern = operator.comparison === 'StringLike' && tokens.some((token) => typeof token === 'symbol');
    const written = literalOf(resolveText(value, NO_CONTEXT) ?? []) ?? '';
    if (!isPattern) {
      return isOfType(base, written);
    }
    return base === 'Bool' ? ['true', 'false'].some((text) => stringLike(tokens, text)) : mayMatchArn(written);
  }
}

/** Whether a pattern with wildcards begins as ARNs do, and is wide enough for their colons. */
function mayMatchArn(pattern: string): boolean {
  return (
    /^([*?]|a[*?]|ar[*?]|arn[*?]|arn:)/.test(pattern) && (pattern.includes('*') || pattern.split(':').length >= PARTS)
  );
}

/** A value that such a key has in an ordinary request. */
export function ordinaryValue(type: string | undefined): string {
  switch (type?.replace(/^ArrayOf/, '')) {
    case 'Numeric':
      return '1';
    case 'Date':
      return '2030-01-01T00:00:00Z';
    case 'Bool':
      return 'true';
    case 'IPAddress':
      return '203.0.113.10';
    case 'ARN':
      return 'arn:aws:iam::111122223333:role/example';
    default:
      return 'example';
  }
}
