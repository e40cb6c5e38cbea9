import type { PolicySet } from '../evaluate/policy-set';
import { serviceReferenceVersion } from '../reference/service-reference';
import type { ComparisonOptions, PolicyComparison } from './policy-comparison';

export type {
  AccessChange,
  ChangeScope,
  ChangeWitness,
  ComparisonCertainty,
  ComparisonOptions,
  ComparisonRelation,
  PolicyComparison,
} from './policy-comparison';

/** Types first: the decision procedure follows. Until then nothing is decided. */
export function comparePolicies(
  _before: PolicySet,
  _after: PolicySet,
  _options: ComparisonOptions = {},
): PolicyComparison {
  const undecided = { certainty: 'may', scope: 'anything', levels: [], because: 'not decided yet' } as const;
  return {
    relation: 'mixed',
    certainty: 'may',
    gained: [undecided],
    lost: [undecided],
    catalogue: serviceReferenceVersion().version,
  };
}
