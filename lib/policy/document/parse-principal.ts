import type { PrincipalElement, PrincipalEntry, PrincipalType } from './policy-document';
import type { PolicyReading } from './policy-finding';
import { element, isRawObject, kindOf, readTexts, reportUnknownElements } from './raw-value';
import { literalOf } from './text';

const TYPES: readonly PrincipalType[] = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

/** Reads Principal or NotPrincipal: `*`, or a map from kinds of principal to one or many. */
export function parsePrincipal(
  value: unknown,
  negated: boolean,
  place: string,
  reading: PolicyReading,
): PrincipalElement {
  if (value === '*') {
    return { negated, everyone: true, entries: [] };
  }
  if (!isRawObject(value)) {
    reading.report(place, `must be '*' or a map such as {"AWS": "..."}, got ${kindOf(value)}.`);
    return { negated, everyone: false, entries: [] };
  }
  reportUnknownElements(value, TYPES, place, reading);
  if (Object.keys(value).length === 0) {
    reading.report(place, 'names no principal.');
  }
  const entries: PrincipalEntry[] = [];
  let everyone = false;
  for (const type of TYPES) {
    const named = element(value, type);
    if (named === undefined) {
      continue;
    }
    for (const id of readTexts(named, `${place}.${type}`, reading)) {
      if (type === 'AWS' && literalOf(id) === '*') {
        everyone = true;
      } else {
        entries.push({ type, id });
      }
    }
  }
  return { negated, everyone, entries };
}
