import type { AppStatement } from '../../access/app/app-statement';
import { displayText, type PolicyText } from '../../policy/document/text';

/** More items of a list are counted and not named. */
const MOST_NAMED = 5;

/** `a, b and c`; beyond five items `a, b, c, d, e and 12 more`. */
export function listed(items: readonly string[]): string {
  const named =
    items.length > MOST_NAMED + 1 ? [...items.slice(0, MOST_NAMED), `${items.length - MOST_NAMED} more`] : items;
  return named.length < 2 ? (named[0] ?? 'nothing') : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
}

/** Resource patterns for people, each once. */
export function shownResources(resources: readonly PolicyText[]): string {
  return listed([...new Set(resources.map(displayText))]);
}

/** Where a statement stands: `Policies[0].PolicyDocument.Statement[1] of Claims/Role`. */
export function whereIs({ holder, place, statement: { sid } }: AppStatement): string {
  return `${place}${sid === undefined ? '' : ` (${sid})`} of ${holder.title}`;
}
