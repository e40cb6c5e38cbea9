import type { ContextValue } from '../condition/request-context';
import type { PolicyText } from '../document/text';
import type { AccessLevel } from '../reference/access-level';

/** How access changed. What cannot be decided counts as gained: there is no fifth relation. */
export type ComparisonRelation = 'equal' | 'narrowed' | 'broadened' | 'mixed';

/**
 * How sure a relation is:
 *
 * - `proved`: no request at all gains access. Said of `equal` and `narrowed`.
 * - `witness`: a request shows the change, and the evaluator confirmed it.
 * - `may`: the change could not be ruled out and no request shows it for sure.
 */
export type ComparisonCertainty = 'proved' | 'witness' | 'may';

/** How far a change reaches, in words. `actions that AWS may add` is about names that no catalogue has yet. */
export type ChangeScope =
  | 'one resource'
  | 'a subtree'
  | 'all of a type'
  | 'other accounts or regions'
  | 'anything'
  | 'actions that AWS may add';

/** What is compared. */
export interface ComparisonOptions {
  /**
   * - `identity` (default): what an identity may do, by its own policies: `identity`, `boundary`, `session`, `scp` and
   *   `rcp`. Policies of resources are taken as ones that leave the decision to the account.
   * - `resource` and `trust`: whom a policy of a resource (a bucket policy, a key policy; a role's trust policy) lets in,
   *   asked for callers of another account whose own policies allow everything, for AWS services and for identity
   *   providers. Takes `resource` and `rcp`.
   */
  readonly type?: 'identity' | 'resource' | 'trust';
  /**
   * `open` (default) also asks about actions that AWS may add: replacing a list of actions by a wildcard is a gain.
   * `closed` asks about the actions of the service reference, and those that the policies spell out: the answer then
   * is true for this version of the reference only.
   */
  readonly catalogue?: 'open' | 'closed';
  /**
   * Whether the atom with this id is plain text: no wildcard can be in it, and where a pattern of Resource begins with
   * it, it is a whole ARN. So are the ARNs of an app's resources. All others, parameters above all, are taken as texts
   * that may hold `*` or a part of an ARN. Without it no atom is plain.
   */
  readonly isPlainAtom?: (atom: string) => boolean;
}

/** A request that one side allows and the other does not. */
export interface ChangeWitness {
  readonly action: string;
  /** As `AccessRequest` has it; with atoms where the policies have some. */
  readonly resource: string | PolicyText;
  /** Comparisons of policies with principals only. */
  readonly principal?: string;
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** One part of what was gained or lost. */
export interface AccessChange {
  readonly certainty: 'witness' | 'may';
  /** Confirmed by the evaluator when the certainty is `witness`; an example at best when it is `may`. */
  readonly witness?: ChangeWitness;
  readonly scope: ChangeScope;
  /** The access levels of all actions of this change, from the least to the most powerful. */
  readonly levels: readonly AccessLevel[];
  /** With certainty `may`: what could not be decided. */
  readonly because?: string;
}

/** The answer of `comparePolicies`. */
export interface PolicyComparison {
  readonly relation: ComparisonRelation;
  readonly certainty: ComparisonCertainty;
  /** Requests that only `after` allows. */
  readonly gained: readonly AccessChange[];
  /** Requests that only `before` allows. */
  readonly lost: readonly AccessChange[];
  /** The version of the service reference that stands for "all actions". */
  readonly catalogue: string;
}
