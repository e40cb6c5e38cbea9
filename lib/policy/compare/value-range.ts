import type { GlobToken } from '../match/glob';

/** The values that a context key can have in requests of one caller. */
export interface ValueRange {
  /** Different for different ranges. */
  readonly id: string;
  /** Every value is a word of one of these. */
  readonly language: readonly (readonly GlobToken[])[];
  /** What tells possible words from impossible ones. */
  readonly borders: readonly (readonly GlobToken[])[];
  isPossible(value: string): boolean;
  /** Believable values, to be tried first. */
  readonly samples: readonly string[];
}
