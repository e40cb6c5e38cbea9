import type { Severity } from './rule';

/** What a check reports about one cause. */
export interface Finding {
  /** The name of the rule, such as `trust-public`. */
  readonly rule: string;
  /** Such as `LeastAgency-TrustPublic-3f9c2a1b`: changes when the statement does. */
  readonly id: string;
  readonly severity: Severity;
  readonly certainty: 'certain' | 'cannot-decide';
  /** The stack, or the file, whose template has the resource. */
  readonly stack: string;
  readonly logicalId: string;
  readonly constructPath?: string;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  /** A request that is allowed and should not be. */
  readonly example?: string;
}
