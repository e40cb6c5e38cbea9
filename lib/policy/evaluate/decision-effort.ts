/** How much work one decision can take: about a hundred million steps are a second. */
export const MOST_EFFORT = 100_000_000;

const STEPS_A_VALUE = 20;

/**
 * An upper bound for the steps that deciding takes, from nothing but the sizes of the policies and the request.
 *
 * Patterns with wildcards or variables take as many steps as they have letters for each letter that they are compared
 * with, and each value of a condition is compared with each value of its key.
 *
 * Both may be anything that JSON can hold, of any depth.
 */
export function decisionEffort(policies: unknown, request: unknown): number {
  const policy = sizeOf(policies, (text) => /[*?$]/.test(text));
  const asked = sizeOf(request, () => true);
  return policy.letters * asked.letters + STEPS_A_VALUE * policy.values * asked.values;
}

function sizeOf(input: unknown, counts: (text: string) => boolean): { letters: number; values: number } {
  let letters = 0;
  let values = 0;
  const open: unknown[] = [input];
  for (let level = open.pop(); level !== undefined || open.length > 0; level = open.pop()) {
    if (typeof level === 'string') {
      values++;
      letters += counts(level) ? level.length : 0;
    } else if (typeof level === 'object' && level !== null) {
      for (const item of Array.isArray(level) ? level : Object.values(level)) {
        open.push(item);
      }
    } else {
      values++;
    }
  }
  return { letters, values };
}
