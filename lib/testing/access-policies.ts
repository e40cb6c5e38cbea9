/**
 * The policies that meet in one decision. Each is an `iam.PolicyDocument`, a plain object, or the JSON text of one.
 *
 * What is left out limits nothing, save for `identity`: without it only policies of the resource allow.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html
 */
export interface AccessPolicies {
  /**
   * Policies attached to the identity.
   *
   * @default - none
   */
  readonly identity?: unknown[];

  /**
   * The permissions boundary of the identity.
   *
   * @default - none
   */
  readonly boundary?: unknown[];

  /**
   * Session policies, passed when the session began.
   *
   * @default - none
   */
  readonly session?: unknown[];

  /**
   * The policy of the resource: a bucket policy, a key policy, the trust policy of a role.
   *
   * @default - one that leaves the decision to the account of the identity
   */
  readonly resource?: unknown[];

  /**
   * Service control policies: one list for each level of the organization, the root first.
   *
   * @default - none
   */
  readonly scp?: unknown[][];

  /**
   * Resource control policies: one list for each level of the organization, the root first.
   *
   * @default - none
   */
  readonly rcp?: unknown[][];
}
