import { ANY, ANY_IN_PART, type GlobToken, ONE, ONE_IN_PART } from '../match/glob';

/**
 * Whether a pattern matches everything that another does, read off their tokens: true is certain, false is not.
 *
 * Holds whatever the atoms of both stand for, since an atom is only taken by itself or by a `*`.
 */
export function covers(pattern: readonly GlobToken[], other: readonly GlobToken[]): boolean {
  let reached = closure(pattern, [0]);
  for (const token of other) {
    const next = reached.flatMap((place) =>
      takesAll(pattern[place], token) ? [isStar(pattern[place]) ? place : place + 1] : [],
    );
    if (next.length === 0) {
      return false;
    }
    reached = closure(pattern, next);
  }
  return reached.includes(pattern.length);
}

function closure(pattern: readonly GlobToken[], places: readonly number[]): number[] {
  const all = new Set<number>();
  for (let place of places) {
    all.add(place);
    while (isStar(pattern[place])) {
      place += 1;
      all.add(place);
    }
  }
  return [...all];
}

function isStar(token: GlobToken | undefined): boolean {
  return token === ANY || token === ANY_IN_PART;
}

/** Whether a token takes whatever another one may take. */
function takesAll(token: GlobToken | undefined, other: GlobToken): boolean {
  switch (token) {
    case undefined:
      return false;
    case ANY:
      return true;
    case ANY_IN_PART:
      return typeof other === 'string' ? other !== ':' : other === ANY_IN_PART || other === ONE_IN_PART;
    case ONE:
      return typeof other === 'string' || other === ONE || other === ONE_IN_PART;
    case ONE_IN_PART:
      return typeof other === 'string' ? other !== ':' : other === ONE_IN_PART;
    default:
      return typeof token === 'object' && typeof other === 'object' ? token.atom === other.atom : token === other;
  }
}
