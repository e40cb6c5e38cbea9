/** What IAM decides about one request. */
export interface PolicyDecision {
  readonly decision: 'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied';
  /**
   * The statements that decided. For an implicit denial: each layer that did not allow, and its nearest statement with
   * the element that did not match.
   */
  readonly because: readonly string[];
}
