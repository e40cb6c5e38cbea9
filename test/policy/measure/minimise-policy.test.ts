import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { comparePolicies } from '../../../lib/policy/compare/compare-policies';
import { parsePolicy } from '../../../lib/policy/document/parse-policy';
import type { PolicyDocument } from '../../../lib/policy/document/policy-document';
import { writePolicy } from '../../../lib/policy/document/write-policy';
import { addedAccess } from '../../../lib/policy/measure/added-access';
import type { Comparer } from '../../../lib/policy/measure/comparer';
import { minimisePolicy } from '../../../lib/policy/measure/minimise-policy';
import { samplingComparer } from './sampling-comparer';

interface Case {
  readonly name: string;
  readonly statements: readonly unknown[];
  readonly minimised: readonly unknown[];
  readonly steps: readonly string[];
}

const CASES: Case[] = JSON.parse(readFileSync(join(__dirname, '../../cases/measure/minimise.json'), 'utf8'));
const RESOURCES = ['*', 'arn:aws:s3:::a/x', 'arn:aws:s3:::a/y', 'arn:aws:s3:::b/x', 'arn:aws:s3:::b'];
const compare = samplingComparer(RESOURCES, [{}, { 'aws:SourceVpc': 'vpc-1' }]);

describe.each([
  ['the evaluator', compare],
  ['comparePolicies', comparePolicies],
])('proved by %s', (_, comparer) => {
  test.each(CASES)('$name', ({ statements, minimised, steps }) => {
    const found = minimisePolicy(parsed(statements), comparer);
    expect({ minimised: writePolicy(found.document).Statement, steps: found.steps }).toEqual({ minimised, steps });
  });
});

test('nothing is done that the comparer does not prove', () => {
  const unproved: Comparer = (before, after) => ({ ...compare(before, after), certainty: 'may' });
  const unequal: Comparer = (before, after) => ({
    ...compare(before, after),
    relation: 'narrowed',
    certainty: 'proved',
  });
  for (const { statements } of CASES) {
    for (const comparer of [unproved, unequal]) {
      expect(minimisePolicy(parsed(statements), comparer)).toEqual({ document: parsed(statements), steps: [] });
    }
  }
});

test('a chain of steps that is not equal as a whole is not used', () => {
  const document = parsed(CASES[0]?.statements ?? []);
  const original = JSON.stringify({ identity: [writePolicy(document)] });
  let asked = 0;
  const forgetful: Comparer = (before, after) => {
    asked += JSON.stringify(before) === original ? 1 : 0;
    const whole = asked > 1 && JSON.stringify(before) === original;
    return {
      ...compare(before, before),
      relation: whole ? 'narrowed' : 'equal',
      lost: [],
      gained: compare(after, after).gained,
    };
  };
  expect(minimisePolicy(document, forgetful)).toEqual({ document, steps: [] });
});

test.each([
  ['exclusions', [{ NotAction: 's3:GetObject' }, { NotAction: 's3:PutObject' }]],
  [
    'different resources beside different actions',
    [{ Action: 's3:GetObject' }, { Action: 's3:PutObject', Resource: 'x' }],
  ],
  ['different conditions', [{ Action: 'a:b' }, { Action: 'a:c', Condition: { Bool: { 'aws:x': 'true' } } }]],
  ['different effects', [{ Action: 'a:b' }, { Action: 'a:c', Effect: 'Deny' }]],
])('%s are not even asked about: two questions, one for each statement', (_, elements) => {
  const asked = jest.fn<ReturnType<Comparer>, Parameters<Comparer>>((before, after) => ({
    ...compare(before, after),
    relation: 'narrowed',
  }));
  minimisePolicy(parsed(elements.map((one) => ({ Effect: 'Allow', Resource: '*', ...one }))), asked);
  expect(asked).toHaveBeenCalledTimes(2);
});

test('a policy that is minimised once stays as it is', () => {
  for (const { statements } of CASES) {
    const once = minimisePolicy(parsed(statements), compare).document;
    expect(minimisePolicy(once, compare)).toEqual({ document: once, steps: [] });
  }
});

test('what each statement adds to the others', () => {
  const statements = [
    { Sid: 'A', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/x' },
    { Sid: 'B', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' },
    { Effect: 'Deny', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/y' },
  ];
  const shown = (resource: string) => [expect.objectContaining({ witness: expect.objectContaining({ resource }) })];
  expect(addedAccess(parsed(statements), samplingComparer([...RESOURCES, 'arn:aws:s3:::a/z']))).toEqual([
    { place: 'Statement[0]', sid: 'A', redundant: true, adds: [], takes: [], certainty: 'proved' },
    {
      place: 'Statement[1]',
      sid: 'B',
      redundant: false,
      adds: shown('arn:aws:s3:::a/z'),
      takes: [],
      certainty: 'witness',
    },
    { place: 'Statement[2]', redundant: false, adds: [], takes: shown('arn:aws:s3:::a/y'), certainty: 'proved' },
  ]);
});

test('what is not proved redundant is not', () => {
  const unproved: Comparer = (before, after) => ({ ...compare(before, after), certainty: 'may' });
  const twice = [1, 2].map(() => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }));
  expect(addedAccess(parsed(twice), unproved).map(({ redundant }) => redundant)).toEqual([false, false]);
  expect(addedAccess(parsed(twice), compare).map(({ redundant }) => redundant)).toEqual([true, true]);
});

function parsed(statements: readonly unknown[]): PolicyDocument {
  const { document, findings } = parsePolicy({ Version: '2012-10-17', Statement: statements });
  expect(findings).toEqual([]);
  return document ?? { version: '2012-10-17', statements: [] };
}
