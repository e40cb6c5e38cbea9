import type { ContextValue } from '../condition/request-context';
import type { PolicyText } from '../document/text';

/** One request to AWS. */
export interface AccessRequest {
  /** Such as `s3:GetObject`, in any letter case. */
  readonly action: string;
  /**
   * What the action is about: an ARN, as text or with atoms. Without it the request is about `*`, as it is for actions
   * without a resource type, and only a `*` in a policy matches.
   */
  readonly resource?: string | PolicyText;
  /**
   * Who asks: the ARN of a role, a role session, a user, a federated user or the account's root, a 12-digit account
   * (somebody in it), the name of an AWS service, or an identity provider.
   *
   * A role's ARN means some session of the role, with no name that a policy could know. Without a principal, somebody
   * asks whom no policy names, in the account of the resource.
   */
  readonly principal?: string;
  /** The account that owns the resource. Without it: the one in the resource's ARN, else the principal's. */
  readonly resourceAccount?: string;
  /**
   * Exactly the context keys that the request carries. Nothing else is assumed, except that `aws:PrincipalArn` and
   * `aws:PrincipalAccount` follow from the principal when they are not here. For a role session that is the ARN of its
   * role, without the role's path, which a session's ARN does not tell.
   */
  readonly context?: Readonly<Record<string, ContextValue>>;
  /** Whether the context is all that the request carries: nothing follows from the principal then. False unless given. */
  readonly isContextWhole?: boolean;
}
