import type { PolicySet } from '../evaluate/policy-set';
import { serviceReferenceVersion } from '../reference/service-reference';
import { accessChanges } from './access-changes';
import { comparedPolicies, Vocabulary } from './compared-policies';
import type {
  AccessChange,
  ComparisonCertainty,
  ComparisonOptions,
  ComparisonRelation,
  PolicyComparison,
} from './policy-comparison';

export type {
  AccessChange,
  ChangeScope,
  ChangeWitness,
  ComparisonCertainty,
  ComparisonOptions,
  ComparisonRelation,
  PolicyComparison,
} from './policy-comparison';

/**
 * Compares what two sets of policies allow, exactly where that can be decided.
 *
 * Every request counts: every action, every resource, every context. `equal` and `narrowed` are proofs that no request
 * gains access; a gain comes with a request that the evaluator allows after and not before. What cannot be decided (an
 * atom, too much work) is a gain that is `may`.
 *
 * What it does not know: which resources and context keys AWS sends with an action, beyond the type of a key. A resource
 * that no request for the action ever has counts like any other.
 *
 * Throws a `PolicyError` when a policy cannot be read.
 */
export function comparePolicies(
  before: PolicySet,
  after: PolicySet,
  options: ComparisonOptions = {},
): PolicyComparison {
  const { type = 'identity', catalogue = 'open', isPlainAtom = () => false } = options;
  const vocabulary = new Vocabulary();
  const sides = comparedPolicies([before, after], type, vocabulary);
  const given = { type, open: catalogue === 'open', isPlainAtom, vocabulary, layers: sides.layers };
  const gained = accessChanges({ ...given, before: sides.before, after: sides.after });
  const lost = accessChanges({ ...given, before: sides.after, after: sides.before });
  return {
    relation: relationOf(gained, lost),
    certainty: certaintyOf(gained, lost),
    gained,
    lost,
    catalogue: serviceReferenceVersion().version,
  };
}

function relationOf(gained: readonly AccessChange[], lost: readonly AccessChange[]): ComparisonRelation {
  if (gained.length > 0) {
    return lost.length > 0 ? 'mixed' : 'broadened';
  }
  return lost.length > 0 ? 'narrowed' : 'equal';
}

/** A direction is sure when one of its changes is confirmed; that nothing is gained is proved or not said. */
function certaintyOf(gained: readonly AccessChange[], lost: readonly AccessChange[]): ComparisonCertainty {
  const isSure = (changes: readonly AccessChange[]): boolean =>
    changes.length === 0 || changes.some((change) => change.certainty === 'witness');
  if (!isSure(gained) || !isSure(lost)) {
    return 'may';
  }
  return gained.length > 0 ? 'witness' : 'proved';
}
