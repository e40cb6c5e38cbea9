import type { AccessRequest } from './access-request';
import { decide } from './decide';
import type { PolicyDecision } from './policy-decision';
import type { PolicySet } from './policy-set';
import { preparePolicies } from './prepared-policies';

/**
 * Decides one request under a set of policies. To decide many, prepare the policies once and call `decide`.
 *
 * Throws a `PolicyError` when a policy or the request cannot be read: nothing is decided on a guess.
 */
export function evaluate(policies: PolicySet, request: AccessRequest): PolicyDecision {
  return decide(preparePolicies(policies), request);
}
