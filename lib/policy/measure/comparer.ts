import type { ComparisonOptions, PolicyComparison } from '../compare/policy-comparison';
import type { PolicySet } from '../evaluate/policy-set';

/**
 * What decides how access changes from one set of policies to another; `comparePolicies` is one. It must be sound:
 * `equal` and `narrowed` with certainty `proved` are never said of a change that lets one more request through.
 */
export type Comparer = (before: PolicySet, after: PolicySet, options?: ComparisonOptions) => PolicyComparison;
