/**
 * The policies that meet in one decision, as raw documents: objects or JSON text.
 *
 * A layer that is absent, or an empty list, limits nothing. The exception is `identity`: without identity policies,
 * only a resource policy can allow.
 */
export interface PolicySet {
  /** Policies attached to the principal, one or many. */
  readonly identity?: unknown | readonly unknown[];
  /** The principal's permissions boundary. */
  readonly boundary?: unknown | readonly unknown[];
  /** Session policies passed when the session began. */
  readonly session?: unknown | readonly unknown[];
  /** The policy of the resource: a bucket policy, a key policy, a role's trust policy. */
  readonly resource?: unknown | readonly unknown[];
  /** Service control policies: one entry a level, the root first, each a document or a list. */
  readonly scp?: readonly unknown[];
  /** Resource control policies, like `scp`. Give them only for services that they act on. */
  readonly rcp?: readonly unknown[];
}

/** The layers of a policy set that hold policies of one place. */
export type LayerName = 'identity' | 'boundary' | 'session' | 'resource' | 'scp' | 'rcp';
