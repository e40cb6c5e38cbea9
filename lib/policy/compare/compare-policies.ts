import type { PolicySet } from '../evaluate/policy-set';
import { serviceReferenceVersion } from '../reference/service-reference';
import { accessChanges, accessChangesByCase, type Direction } from './access-changes';
import { comparedPolicies, Vocabulary } from './compared-policies';
import type {
  AccessChange,
  ComparisonCertainty,
  ComparisonOptions,
  ComparisonRelation,
  PolicyComparison,
} from './policy-comparison';
import { ANY_CASE, type VariableCase, variableCases } from './variable-case';

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
  const directionFor = (among: VariableCase): Direction => {
    const vocabulary = new Vocabulary();
    const sides = comparedPolicies([before, after], type, vocabulary, among);
    return { type, open: catalogue === 'open', isPlainAtom, vocabulary, among, ...sides };
  };
  const forward = directionFor(ANY_CASE);
  const changes = (turn: (direction: Direction) => Direction): readonly AccessChange[] => {
    const found = accessChanges(turn(forward));
    const sides = [forward.before.prepared, forward.after.prepared];
    const cases = found.length > 0 && !isSure(found) ? variableCases(sides, type).map(directionFor) : [];
    return cases.length === 0 ? found : accessChangesByCase(cases.map(turn));
  };
  const gained = changes((direction) => direction);
  const lost = changes((direction) => ({ ...direction, before: direction.after, after: direction.before }));
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
  if (!isSure(gained) || !isSure(lost)) {
    return 'may';
  }
  return gained.length > 0 ? 'witness' : 'proved';
}

function isSure(changes: readonly AccessChange[]): boolean {
  return changes.length === 0 || changes.some((change) => change.certainty === 'witness');
}
