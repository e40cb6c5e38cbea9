import type { AccessChange, ComparisonCertainty } from '../compare/policy-comparison';
import type { PolicyDocument } from '../document/policy-document';
import { writePolicy } from '../document/write-policy';
import type { Comparer } from './comparer';

/** What one statement makes of a policy that the others do not. */
export interface AddedAccess {
  /** Such as `Statement[2]`. */
  readonly place: string;
  readonly sid?: string;
  /** Whether the policy means the same without the statement; true only when that is proved. */
  readonly redundant: boolean;
  /** Requests that are allowed because of the statement. */
  readonly adds: readonly AccessChange[];
  /** Requests that are denied because of it. */
  readonly takes: readonly AccessChange[];
  readonly certainty: ComparisonCertainty;
}

/**
 * What each statement adds to the others of an identity's policy. Two statements that give the same add nothing, each
 * by itself: leaving out both is another question.
 */
export function addedAccess(document: PolicyDocument, compare: Comparer): AddedAccess[] {
  const whole = { identity: [writePolicy(document)] };
  return document.statements.map((statement, left): AddedAccess => {
    const without = { ...document, statements: document.statements.filter((_, index) => index !== left) };
    const { relation, certainty, gained, lost } = compare({ identity: [writePolicy(without)] }, whole);
    return {
      place: statement.place,
      ...(statement.sid === undefined ? {} : { sid: statement.sid }),
      redundant: relation === 'equal' && certainty === 'proved',
      adds: gained,
      takes: lost,
      certainty,
    };
  });
}
