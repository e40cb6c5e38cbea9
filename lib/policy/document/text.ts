/**
 * A value that CloudFormation only knows at deploy time.
 *
 * `atom` is its identity: two atoms are the same value only when their identities are equal. Nothing may be concluded
 * from two different identities, and nothing about the text that an atom stands for.
 */
export interface Atom {
  readonly atom: string;
}

/**
 * A string of a policy: literal text, with atoms where a value is not known yet.
 *
 * Always canonical: no empty literals, and never two literals side by side. Build it with `text`.
 */
export type PolicyText = readonly (string | Atom)[];

/** Joins literals, atoms and texts to one canonical text. */
export function text(...parts: readonly (string | Atom | PolicyText)[]): PolicyText {
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'string') {
    // Most texts are one literal; a list that grows takes room for many.
    return only === '' ? [] : [only];
  }
  const joined: (string | Atom)[] = [];
  for (const part of parts) {
    if (isText(part)) {
      for (const inner of part) {
        append(joined, inner);
      }
    } else {
      append(joined, part);
    }
  }
  return joined.slice();
}

function append(joined: (string | Atom)[], part: string | Atom): void {
  const end = joined.length - 1;
  const last = joined[end];
  if (typeof part === 'string' && typeof last === 'string') {
    joined[end] = last + part;
  } else if (part !== '') {
    joined.push(part);
  }
}

/** Whether the whole text is known. */
export function isLiteral(value: PolicyText): boolean {
  return value.every((part) => typeof part === 'string');
}

/** The known text, or undefined when an atom is part of it. */
export function literalOf(value: PolicyText): string | undefined {
  return isLiteral(value) ? value.join('') : undefined;
}

/** Whether both are the same text for sure. Different texts may still turn out equal at deploy time. */
export function sameText(a: PolicyText, b: PolicyText): boolean {
  return a.length === b.length && a.every((part, index) => samePart(part, b[index]));
}

/** A key that two texts share only when they are the same text. */
export function textKey(value: PolicyText): string {
  return value.map((part) => (typeof part === 'string' ? key('L', part) : key('A', part.atom))).join('');
}

/** Texts without repetitions, in the order in which they come first. */
export function distinctTexts(texts: readonly PolicyText[]): PolicyText[] {
  return [...new Map(texts.map((item) => [textKey(item), item])).values()];
}

/** The text for people; atoms are shown as `<id>`. */
export function displayText(value: PolicyText): string {
  return value.map((part) => (typeof part === 'string' ? part : `<${part.atom}>`)).join('');
}

/** Whether the text starts with this literal for sure. */
export function startsWith(value: PolicyText, prefix: string): boolean {
  const first = value[0];
  return prefix === '' || (typeof first === 'string' && first.startsWith(prefix));
}

/** Whether the text ends with this literal for sure. */
export function endsWith(value: PolicyText, suffix: string): boolean {
  const last = value.at(-1);
  return suffix === '' || (typeof last === 'string' && last.endsWith(suffix));
}

/** Whether a value has the form of an atom and nothing else. */
export function isAtom(value: unknown): value is Atom {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length === 1 &&
    Object.hasOwn(value, 'atom') &&
    typeof (value as Atom).atom === 'string'
  );
}

/** Whether both parts are the same literal or the same atom. */
export function samePart(a: string | Atom | undefined, b: string | Atom | undefined): boolean {
  if (typeof a === 'object' && typeof b === 'object') {
    return a.atom === b.atom;
  }
  return a === b;
}

function isText(part: string | Atom | PolicyText): part is PolicyText {
  return Array.isArray(part);
}

function key(kind: string, value: string): string {
  return `${kind}${value.length}:${value}`;
}
