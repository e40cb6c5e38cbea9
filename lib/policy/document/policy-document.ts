import type { ConditionOperator } from '../condition/operator';
import type { PolicyText } from './text';

/** The two versions of the policy language. Policy variables exist only in the newer one. */
export type PolicyVersion = '2008-10-17' | '2012-10-17';

/** A policy in one form, whichever way it was written. */
export interface PolicyDocument {
  /** `2008-10-17` when the policy does not say. */
  readonly version: PolicyVersion;
  readonly id?: string;
  readonly statements: readonly PolicyStatement[];
}

/** One statement, with every "one or many" value as a list. */
export interface PolicyStatement {
  /** Where it stands in its policy: `Statement[2]`, or `Statement` when it is the only one and not in a list. */
  readonly place: string;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  /** Absent in policies of identities. */
  readonly principal?: PrincipalElement;
  readonly action: PatternElement;
  /** Absent only in statements with a principal: those are about what they are attached to (role trust policies). */
  readonly resource?: PatternElement;
  /** All of them must be met. */
  readonly conditions: readonly PolicyCondition[];
}

/** Action, NotAction, Resource or NotResource. */
export interface PatternElement {
  /** True for NotAction and NotResource. */
  readonly negated: boolean;
  readonly patterns: readonly PolicyText[];
}

/** Principal or NotPrincipal. */
export interface PrincipalElement {
  /** True for NotPrincipal. */
  readonly negated: boolean;
  /** `*`, or `*` as an AWS principal. */
  readonly everyone: boolean;
  readonly entries: readonly PrincipalEntry[];
}

/** One named principal. */
export interface PrincipalEntry {
  readonly type: PrincipalType;
  readonly id: PolicyText;
}

/** The kinds of principal that the policy language knows. */
export type PrincipalType = 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';

/** One operator, one key and its values. */
export interface PolicyCondition {
  readonly operator: ConditionOperator;
  /** As written; names of keys ignore case. */
  readonly key: string;
  readonly values: readonly PolicyText[];
}
