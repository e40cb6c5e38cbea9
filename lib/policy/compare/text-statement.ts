import type { PolicyVersion } from '../document/policy-document';
import { type PolicyText, textKey } from '../document/text';

/** One condition of a statement: an operator, the key it tests, and the values it tests against. */
export interface TextCondition {
  /** The operator as IAM spells it, such as `StringEquals`. */
  readonly operator: string;
  /** The condition key, such as `aws:SourceAccount`. */
  readonly key: string;
  readonly values: readonly PolicyText[];
}

/**
 * A policy statement whose values may hold opaque CloudFormation values.
 *
 * Exactly one of `actions` and `notActions`, and at most one of `resources` and `notResources`, is given.
 */
export interface TextStatement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions?: readonly PolicyText[];
  readonly notActions?: readonly PolicyText[];
  readonly resources?: readonly PolicyText[];
  readonly notResources?: readonly PolicyText[];
  readonly conditions: readonly TextCondition[];
  /** The version of the policy it stands in; 2012-10-17 when it does not say. In the older one `${...}` is plain text. */
  readonly version?: PolicyVersion;
}

/**
 * The identity of one condition: two conditions with the same key are the same condition.
 *
 * Operators and condition keys are compared without regard to case, as IAM does; values in any order.
 */
export function conditionKey(condition: TextCondition): string {
  const values = condition.values.map(textKey).sort();
  return JSON.stringify([condition.operator.toLowerCase(), condition.key.toLowerCase(), values]);
}
