import type { ArnReading } from './resource-tokens';

/**
 * One way to read what IAM's documentation leaves open. The evaluator has one of them; access that is gained under
 * another is reported as `may`.
 */
export interface Reading {
  readonly arn: ArnReading;
  /** A key with several values under an operator without a set operator: met by none, when any value fits, or all do. */
  readonly several: 'none' | 'any' | 'all';
  /** Whether `ForAnyValue:...IfExists` is met by an absent key. */
  readonly anyIfExists: boolean;
  /** Whether a condition without any value is no condition. */
  readonly emptyIsNone: boolean;
}

/** The evaluator's reading. */
export const EVALUATED: Reading = { arn: 'mixed', several: 'none', anyIfExists: true, emptyIsNone: false };

/** What the policies at hand leave open. */
export interface OpenQuestions {
  readonly arns: boolean;
  readonly several: boolean;
  readonly anyIfExists: boolean;
  readonly empty: boolean;
}

/** The other readings that matter, each with what it is about. */
export function otherReadings(open: OpenQuestions): { readonly reading: Reading; readonly because: string }[] {
  const arns = 'it depends on how IAM reads a wildcard in the first five parts of an ARN';
  const several = 'it depends on how IAM reads an operator without ForAnyValue or ForAllValues on several values';
  return [
    ...(open.arns
      ? (['whole', 'parts'] as const).map((arn) => ({ reading: { ...EVALUATED, arn }, because: arns }))
      : []),
    ...(open.several
      ? (['any', 'all'] as const).map((way) => ({ reading: { ...EVALUATED, several: way }, because: several }))
      : []),
    ...(open.anyIfExists
      ? [
          {
            reading: { ...EVALUATED, anyIfExists: false },
            because: 'it depends on how IAM reads ForAnyValue with IfExists when the key is absent',
          },
        ]
      : []),
    ...(open.empty
      ? [
          {
            reading: { ...EVALUATED, emptyIsNone: true },
            because: 'it depends on how IAM reads a condition without values',
          },
        ]
      : []),
  ];
}
