/** Actions that were reviewed and put into a set of the overlay for one reason. */
export interface OverlayRow {
  /** Why the actions stand in the set: what a request for one of them does that its access level does not say. */
  readonly reason: string;
  /** Another action without which these have no such effect, such as `iam:PassRole`. */
  readonly together?: string;
  /** Full names, spelt as the service reference spells them. */
  readonly actions: readonly string[];
}
