/**
 * IAM's quotas for the policies of one role. Characters are counted without white space.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const POLICY_QUOTA = {
  /** All inline policies of a role together. */
  inline: 10_240,
  /** One managed policy. */
  managed: 6_144,
  /** The trust policy; an account can raise it, the library does not count on that. */
  trust: 2_048,
  /** Managed policies on a role by default, counted at the lowest number that AWS has published. */
  attachments: 10,
  /** Kept free, so that an incident responder can always attach a denial. */
  reserved: 1,
} as const;
