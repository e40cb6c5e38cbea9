import { isDay } from '../../access/day';

/** Who answers for an acknowledgement, and until when it holds. */
export interface AcknowledgementTerms {
  readonly owner: string;
  /** The last day it holds, as `YYYY-MM-DD`. */
  readonly expires: string;
}

/** The reason as it is kept, with its terms at the end. */
export function reasonWithTerms(reason: string, { owner, expires }: AcknowledgementTerms): string {
  return `${reason} [owner: ${owner}; expires: ${expires}]`;
}

/** The terms at the end of a reason; nothing where it has none. */
export function termsOf(reason: string): AcknowledgementTerms | undefined {
  const [, owner, expires] = / \[owner: ([^[\];]+); expires: (\d{4}-\d{2}-\d{2})\]$/.exec(reason) ?? [];
  return owner === undefined || expires === undefined || !isDay(expires) ? undefined : { owner, expires };
}
