import { didYouMean } from './closest-name';
import type { PolicyReading } from './policy-finding';
import { type Atom, isAtom, type PolicyText, text } from './text';

/** An object of a policy, before it is understood. */
export type RawObject = Readonly<Record<string, unknown>>;

/** Whether the value is an object with elements: no list, no atom, not null. */
export function isRawObject(value: unknown): value is RawObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isAtom(value);
}

/** An element's value; only the object's own elements count, whatever their names. */
export function element(object: RawObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Reports elements that the policy language does not have. */
export function reportUnknownElements(
  object: RawObject,
  known: readonly string[],
  place: string,
  reading: PolicyReading,
): void {
  const names = Object.keys(object);
  if (!reading.admits(place, names.length)) {
    return;
  }
  for (const name of names) {
    if (!known.includes(name)) {
      const hint = known.some((other) => other.toLowerCase() === name.toLowerCase()) ? ' (case matters)' : '';
      reading.report(place, `unknown element '${shown(name)}'${didYouMean(name, known)}${hint}`);
    }
  }
}

/**
 * Reads "one string or a list of strings". A string is literal text, an atom, or a list of literals and atoms inside
 * the list.
 *
 * @param scalars Whether numbers and Booleans stand for their text, as they do in conditions.
 */
export function readTexts(value: unknown, place: string, reading: PolicyReading, scalars = false): PolicyText[] {
  const many = Array.isArray(value);
  const items: readonly unknown[] = many ? value : [value];
  if (!reading.admits(place, items.length)) {
    return [];
  }
  const texts: PolicyText[] = [];
  items.forEach((item, index) => {
    const found = readText(item, many, scalars);
    if (found === undefined) {
      const wanted = scalars ? 'a string, a number or a Boolean' : 'a string';
      reading.report(many ? `${place}[${index}]` : place, `must be ${wanted}, got ${kindOf(item)}.`);
    } else {
      texts.push(found);
    }
  });
  // These are kept for long: a list that grew has room for many more.
  return texts.slice();
}

/** What a value is, for messages. */
export function kindOf(value: unknown): string {
  if (value === undefined) {
    return 'nothing';
  }
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'an empty list' : 'a list';
  }
  if (isAtom(value)) {
    return `the unresolved value <${shown(value.atom)}>`;
  }
  return typeof value === 'string' ? `'${shown(value)}'` : typeof value === 'object' ? 'an object' : `${typeof value}`;
}

/** A string short enough for a message. */
export function shown(value: string): string {
  return value.length <= 120 ? value : `${value.slice(0, 117)}...`;
}

function readText(item: unknown, inList: boolean, scalars: boolean): PolicyText | undefined {
  if (typeof item === 'string' || isAtom(item)) {
    return text(item);
  }
  if (scalars && (typeof item === 'number' || typeof item === 'boolean')) {
    return text(String(item));
  }
  const isParts = inList && Array.isArray(item) && item.length > 0;
  return isParts && item.every(isTextPart) ? text(...item) : undefined;
}

function isTextPart(part: unknown): part is string | Atom {
  return typeof part === 'string' || isAtom(part);
}
