import type { PatternElement, PolicyDocument, PolicyStatement } from '../document/policy-document';
import { displayText, type PolicyText, textKey } from '../document/text';
import { writePolicy, writeStatement } from '../document/write-policy';
import type { Comparer } from './comparer';

const ELEMENTS = ['action', 'resource'] as const;
type ElementName = (typeof ELEMENTS)[number];

/** A policy that means the same as another, and is shorter if that was possible. */
export interface MinimisedPolicy {
  readonly document: PolicyDocument;
  /** What was done, in words that name the original places. Empty when nothing could be done. */
  readonly steps: readonly string[];
}

/**
 * Makes an identity's policy shorter without changing what it means: leaves out statements that add nothing, leaves out
 * actions and resources that another one of the same statement covers, and merges statements that differ in their
 * actions or in their resources alone.
 *
 * Every step is proved equal by the comparer before it is used; what cannot be proved is not done. Patterns are only
 * taken from the original, so no wildcard is new. What stays keeps its order and its Sid; a merged statement has the
 * place and the Sid of its first.
 */
export function minimisePolicy(document: PolicyDocument, compare: Comparer): MinimisedPolicy {
  let current = document;
  const steps: string[] = [];
  const attempt = (next: PolicyDocument | undefined, step: string): boolean => {
    const proved = next !== undefined && isEqual(current, next, compare);
    if (proved) {
      current = next;
      steps.push(step);
    }
    return proved;
  };

  for (let index = current.statements.length - 1; index >= 0; index--) {
    attempt(without(current, index), `left out ${placeOf(current, index)}, which adds nothing`);
  }
  for (const name of ELEMENTS) {
    for (let index = 0; index < current.statements.length; index++) {
      for (let last = patternsOf(current, index, name).length - 1; last >= 0; last--) {
        const pattern = displayText(patternsOf(current, index, name)[last] ?? []);
        const step = `left out ${pattern} of ${placeOf(current, index)}, which another one covers`;
        attempt(withoutPattern(current, index, name, last), step);
      }
    }
  }
  for (let found = true; found; ) {
    found = ELEMENTS.some((name) =>
      pairs(current.statements.length).some(([first, second]) =>
        attempt(
          merged(current, first, second, name),
          `merged ${placeOf(current, second)} into ${placeOf(current, first)}`,
        ),
      ),
    );
  }
  // Each step is proved by itself; the whole is proved once more, since a chain is as good as its weakest link.
  return steps.length === 0 || isEqual(document, current, compare)
    ? { document: current, steps }
    : { document, steps: [] };
}

function pairs(count: number): [first: number, second: number][] {
  return Array.from({ length: count }, (_, index) => index).flatMap((first) =>
    Array.from({ length: count - first - 1 }, (_, index): [number, number] => [first, first + 1 + index]),
  );
}

function patternsOf(document: PolicyDocument, index: number, name: ElementName): readonly PolicyText[] {
  return document.statements[index]?.[name]?.patterns ?? [];
}

function isEqual(before: PolicyDocument, after: PolicyDocument, compare: Comparer): boolean {
  const { relation, certainty } = compare({ identity: [writePolicy(before)] }, { identity: [writePolicy(after)] });
  return relation === 'equal' && certainty === 'proved';
}

function without({ statements, ...document }: PolicyDocument, left: number): PolicyDocument | undefined {
  return statements.length > 1
    ? { ...document, statements: statements.filter((_, index) => index !== left) }
    : undefined;
}

function withoutPattern(
  document: PolicyDocument,
  index: number,
  name: ElementName,
  left: number,
): PolicyDocument | undefined {
  const statement = document.statements[index];
  const element = statement?.[name];
  if (statement === undefined || element === undefined || element.patterns.length < 2) {
    return undefined;
  }
  const patterns = element.patterns.filter((_, pattern) => pattern !== left);
  return replaced(document, index, { ...statement, [name]: { ...element, patterns } });
}

/** Both statements as one, when they differ in one element alone and that element is no exclusion. */
function merged(
  document: PolicyDocument,
  first: number,
  second: number,
  name: ElementName,
): PolicyDocument | undefined {
  const [one, other] = [document.statements[first], document.statements[second]];
  const [a, b] = [one?.[name], other?.[name]];
  const apart = one === undefined || other === undefined || restOf(one, name) !== restOf(other, name);
  if (apart || a === undefined || b === undefined || a.negated || b.negated) {
    return undefined;
  }
  return without(replaced(document, first, { ...one, [name]: union(a, b) }), second);
}

/** Everything of a statement that must be the same for a merge, as one text. */
function restOf(statement: PolicyStatement, name: ElementName): string {
  const { sid: _, ...rest } = { ...statement, [name]: { negated: false, patterns: [] } };
  return JSON.stringify(writeStatement(rest));
}

function union(a: PatternElement, b: PatternElement): PatternElement {
  const known = new Map<string, PolicyText>(
    [...a.patterns, ...b.patterns].map((pattern) => [textKey(pattern), pattern]),
  );
  return { negated: false, patterns: [...known.values()] };
}

function replaced(document: PolicyDocument, index: number, statement: PolicyStatement): PolicyDocument {
  return { ...document, statements: document.statements.map((old, at) => (at === index ? statement : old)) };
}

function placeOf(document: PolicyDocument, index: number): string {
  const { place, sid } = document.statements[index] ?? { place: `Statement[${index}]` };
  return sid === undefined ? place : `${place} (Sid ${sid})`;
}
