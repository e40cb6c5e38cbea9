import type { PolicyFinding } from '../document/policy-finding';

/** A policy or a request that cannot be evaluated. The name is stable. */
export class PolicyError extends Error {
  public override readonly name = 'PolicyError';

  /** @param findings Everything that is wrong, in order; empty when the request is at fault. */
  public constructor(
    message: string,
    public readonly findings: readonly PolicyFinding[] = [],
  ) {
    super(message);
  }
}
