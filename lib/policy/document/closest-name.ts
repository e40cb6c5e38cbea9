/**
 * The known name that a misspelt one was most likely meant to be, or undefined when none is near.
 *
 * Case does not count as a difference. The first of equally near names wins.
 *
 * @param name What was written. Longer than 200 characters is never a typing mistake.
 */
export function closestName(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  if (wanted.length > 200) {
    return undefined;
  }
  let nearest: string | undefined;
  let distance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of known) {
    const found = editDistance(wanted, candidate.toLowerCase(), distance);
    if (found < distance) {
      nearest = candidate;
      distance = found;
    }
  }
  return nearest;
}

/** `; did you mean X?`, or nothing when no known name is near. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const nearest = closestName(name, known);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

/** How many letters to insert, delete, replace or swap with a neighbour. At least `limit` means "`limit` or more". */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) {
    return limit;
  }
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    let best = row;
    for (let column = 1; column <= b.length; column++) {
      const equal = a[row - 1] === b[column - 1];
      let cost = Math.min(at(last, column) + 1, at(next, column - 1) + 1, at(last, column - 1) + (equal ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      }
      next.push(cost);
      best = Math.min(best, cost);
    }
    if (best >= limit) {
      return limit;
    }
    beforeLast = last;
    last = next;
  }
  return Math.min(limit, at(last, b.length));
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
