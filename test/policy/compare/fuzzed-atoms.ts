import { comparePolicies } from '../../../lib/policy/compare/compare-policies';
import { decideOwnSide } from '../../../lib/policy/evaluate/decide';
import { preparePolicies } from '../../../lib/policy/evaluate/prepared-policies';
import type { RandomSource } from '../random';
import { edited, oneOf, randomRequest, some, type WrittenPolicy } from './random-policies';

const A = { atom: '{S/A}.Arn' };
const P = { atom: '{S/P}.Ref' };
const TEXTS: readonly unknown[] = [
  A,
  P,
  [A, '/*'],
  [A, '/a*'],
  [A, '/a'],
  [A, '*'],
  [P, '/*'],
  [P, '/a*'],
  [P, '/a'],
  [P, '/b'],
  [P, ':q'],
  ['arn:aws:s3:::', P, '/*'],
  ['arn:aws:s3:::', P, '/a'],
  ['arn:aws:s3:::b/', P],
  ['arn:aws:s3:::b/', P, '*'],
  ['arn:aws:sqs:', P, ':111122223333:q'],
  ['arn:aws:sqs:', P, ':*'],
  ['arn:aws:sqs:', P],
  ['arn:aws:sqs:e', P, '1:*:q*'],
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::b/a',
  'arn:aws:s3:::b*',
  'arn:aws:s3:::b/?',
  'arn:aws:sqs:*:111122223333:q',
  '*',
];
const VALUES: Readonly<Record<string, readonly string[]>> = {
  [A.atom]: ['arn:aws:s3:::b', 'arn:aws:s3:::b/a', 'arn:aws:sqs:eu-west-1:111122223333:q', 'arn:aws:s3:::c'],
  [P.atom]: [
    'b',
    'a',
    '',
    '*',
    'b*',
    '?',
    'b/*',
    'arn:aws:s3:::b',
    'arn:aws:s3',
    'eu-west-1',
    '*:111122223333',
    'arn:*',
    'arn:aws:sqs:*',
    'u-west-',
  ],
};

/** A statement with atoms. */
function statement(source: RandomSource): Record<string, unknown> {
  const chance = (of: number): boolean => source.length(of) === 0;
  return {
    Effect: chance(3) ? 'Deny' : 'Allow',
    Action: oneOf(source, ['s3:GetObject', 's3:*', '*']),
    [chance(5) ? 'NotResource' : 'Resource']: [some(source, TEXTS, 2)].flatMap((text) => {
      // A list of parts is one text; a list of texts is several.
      return Array.isArray(text) &&
        !text.every((part) => typeof part === 'string' && part.startsWith('arn')) &&
        isParts(text)
        ? [text]
        : text;
    }),
    ...(chance(4)
      ? {
          Condition: {
            [oneOf(source, ['StringEquals', 'StringLike', 'StringNotEquals', 'StringNotLike'])]: {
              'aws:username': [oneOf(source, [P, [P, '*'], ['x', P], 'a', 'b'])],
            },
          },
        }
      : {}),
  };
}

function isParts(text: readonly unknown[]): boolean {
  return (
    text.some((part) => typeof part === 'object' && !Array.isArray(part)) && text.every((part) => !Array.isArray(part))
  );
}

/** The policy once the atoms have their values. */
function substituted(value: unknown, values: Readonly<Record<string, string>>, inList = false): unknown {
  if (Array.isArray(value)) {
    const isStatements = value.some((part) => typeof part === 'object' && part !== null && 'Effect' in part);
    const parts = value.map((part) => substituted(part, values, !isStatements));
    return inList ? parts.join('') : parts;
  }
  if (typeof value === 'object' && value !== null) {
    return 'atom' in value
      ? values[String(value.atom)]
      : Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, substituted(inner, values)]));
  }
  return value;
}

/** Compares two random policies with atoms, then puts values in their place and looks whether the answer still holds. */
export function fuzzAtoms(source: RandomSource): {
  readonly problem?: string;
  readonly relation: string;
  readonly certainty: string;
} {
  const policy: WrittenPolicy = {
    Version: '2012-10-17',
    Statement: Array.from({ length: 1 + source.length(2) }, () => statement(source)),
  };
  const other: WrittenPolicy =
    source.length(3) === 0
      ? edited(source, policy)
      : { ...policy, Statement: [...policy.Statement.slice(source.length(2)), statement(source)] };
  const [before, after] = source.length(2) === 0 ? [policy, other] : [other, policy];
  const isPlain = source.length(2) === 0;
  const comparison = comparePolicies(
    { identity: before },
    { identity: after },
    { isPlainAtom: (atom) => isPlain && atom === A.atom },
  );
  const answer = { relation: comparison.relation, certainty: comparison.certainty };
  for (let round = 0; round < 4; round++) {
    const values = { [A.atom]: oneOf(source, VALUES[A.atom] ?? []), [P.atom]: oneOf(source, VALUES[P.atom] ?? []) };
    const [was, is] = [before, after].map((each) => substituted(each, values) as WrittenPolicy);
    const prepared = [was, is].map((each) => preparePolicies({ identity: each }));
    const wrong = (what: string, more: object): { problem: string; relation: string; certainty: string } => ({
      ...answer,
      problem: `${what}\n${JSON.stringify({ before, after, isPlain, values, comparison, ...more })}`,
    });
    for (let probe = 0; probe < 60; probe++) {
      const request = randomRequest(source, false, ['aws:username']);
      const [allowedBefore, allowedAfter] = prepared.map((each) => decideOwnSide(each, request).decision === 'Allowed');
      if (!allowedBefore && allowedAfter && comparison.gained.length === 0) {
        return wrong('a request gained access', { request });
      }
      if (allowedBefore && !allowedAfter && comparison.lost.length === 0) {
        return wrong('a request lost access', { request });
      }
    }
    const concrete = comparePolicies({ identity: was }, { identity: is });
    if (comparison.gained.length === 0 && concrete.gained.some(({ certainty }) => certainty === 'witness')) {
      return wrong('the policies with values gained access', { concrete });
    }
    if (comparison.lost.length === 0 && concrete.lost.some(({ certainty }) => certainty === 'witness')) {
      return wrong('the policies with values lost access', { concrete });
    }
  }
  return answer;
}
