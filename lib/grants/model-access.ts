import type { Need } from '../policy/reference/granted-actions';

/** What calling one model takes. */
export interface ModelAccess {
  /** What is called by name: profiles, provisioned throughput, an imported model, or the foundation model itself. */
  readonly called: readonly string[];
  /** The foundation models behind a profile, which may be called through the profile alone. */
  readonly behind: readonly string[];
  /** The foundation models behind a profile that have an ARN of their own region, for reading them. */
  readonly readable: readonly string[];
  /** The ARNs that `bedrock:InferenceProfileArn` may have in calls of `behind`. */
  readonly through: readonly string[];
  /** What has to be looked up before a call, on `called`. */
  readonly lookup?: Need;
  /** Whether an application inference profile can be made from it. */
  readonly copyable: boolean;
  /** What could not be known, or was given by hand, or has to be done elsewhere. */
  readonly notes: readonly string[];
}
