import { parseDecimal } from '../condition/decimal';
import { parseInstant } from '../condition/instant';
import { parseIpRange } from '../condition/ip-range';
import { PARTS } from '../match/arn-like';
import { compiledReference, compiledService } from '../reference/compiled-reference';
import { isKey } from '../reference/condition-keys';

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
