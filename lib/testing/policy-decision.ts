import type { PolicyDecision as EvaluatedDecision } from '../policy/evaluate/policy-decision';

/**
 * What IAM decides about a request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export enum AccessDecision {
  /** Allowed. */
  ALLOWED = 'Allowed',
  /** Denied, because nothing allows it. */
  IMPLICITLY_DENIED = 'ImplicitlyDenied',
  /** Denied by a statement. */
  EXPLICITLY_DENIED = 'ExplicitlyDenied',
}

/** The answer to one request. */
export interface PolicyDecision {
  /** What IAM decides. */
  readonly decision: AccessDecision;

  /** Whether the request is allowed. */
  readonly isAllowed: boolean;

  /**
   * The statements that decided. For an implicit denial: each kind of policy that did not allow, and its nearest
   * statement with the element that did not match. For people: the wording may change.
   */
  readonly because: string[];
}

const DECISIONS = {
  Allowed: AccessDecision.ALLOWED,
  ImplicitlyDenied: AccessDecision.IMPLICITLY_DENIED,
  ExplicitlyDenied: AccessDecision.EXPLICITLY_DENIED,
} as const;

/** An answer of the evaluator, for callers in any language. */
export function publicDecision({ decision, because }: EvaluatedDecision): PolicyDecision {
  return { decision: DECISIONS[decision], isAllowed: decision === 'Allowed', because: [...because] };
}
