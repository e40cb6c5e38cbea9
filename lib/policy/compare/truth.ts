/**
 * What is known of a statement or a pattern for a request, or for all requests of a region.
 *
 * `FREE` is a fact that nobody can know here, because an atom or a policy variable decides it: it may be either, and is
 * the same wherever the same text stands. `OPEN` is not known yet: it differs inside the region.
 */
export const NO = 0;
export const YES = 1;
export const FREE = 2;
export const OPEN = 3;

export type Truth = typeof NO | typeof YES | typeof FREE | typeof OPEN;

/** The truth of "one of them", where none of nothing is `NO`. */
export function anyOf(truths: Iterable<Truth>): Truth {
  let strongest: Truth = NO;
  for (const truth of truths) {
    if (truth === YES) {
      return YES;
    }
    strongest = truth > strongest ? truth : strongest;
  }
  return strongest;
}

/** The truth of "not". */
export function negation(truth: Truth): Truth {
  return truth === YES ? NO : truth === NO ? YES : truth;
}
