import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { comparePolicies } from '../../../lib/policy/compare/compare-policies';
import type { PolicySet } from '../../../lib/policy/evaluate/policy-set';
import type { Comparer } from '../../../lib/policy/measure/comparer';
import { measureAccess } from '../../../lib/policy/measure/measure-access';
import { samplingComparer } from './sampling-comparer';

interface Case {
  readonly name: string;
  readonly declared: PolicySet;
  readonly effective: PolicySet;
  readonly resources: readonly string[];
  readonly excess: Record<string, number>;
  readonly slack: Record<string, number>;
}

const CASES: Case[] = JSON.parse(readFileSync(join(__dirname, '../../cases/measure/excess.json'), 'utf8'));

// The evaluator, asked about a few resources, and the comparison, asked about all: they must count the same.
const COMPARERS: [name: string, comparer: (resources: readonly string[]) => Comparer][] = [
  ['the evaluator', (resources) => samplingComparer(resources)],
  ['comparePolicies', () => comparePolicies],
];

describe.each(COMPARERS)('counted by %s', (_, comparer) => {
  test.each(CASES)('$name', ({ declared, effective, resources, ...wanted }) => {
    const { excess, slack } = measureAccess(effective, declared, comparer(resources));
    expect({ excess: counts(excess.tally), slack: counts(slack.tally) }).toEqual({
      excess: wanted.excess,
      slack: wanted.slack,
    });
  });
});

function counts({ marks, levels }: { marks: Record<string, number>; levels: Record<string, number> }): unknown {
  return Object.fromEntries(Object.entries({ ...marks, ...levels }).filter(([, count]) => count > 0));
}

const allow = (action: unknown, resource: unknown = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
});

test('the gravest comes first, in a cell and among cells, with an example each', () => {
  const effective = {
    identity: [allow(['s3:GetObject', 's3:ListBucket']), allow(['s3:PutBucketPolicy', 's3:DeleteObject'])],
  };
  const { excess } = measureAccess(effective, { identity: [] }, samplingComparer(['arn:aws:s3:::claims']));
  expect(excess.cells.map(({ actions }) => actions.map(({ name }) => name))).toEqual([
    ['s3:PutBucketPolicy'],
    ['s3:DeleteObject'],
    ['s3:GetObject'],
    ['s3:ListBucket'],
  ]);
  expect(excess.cells[0]?.changes[0]).toMatchObject({
    certainty: 'witness',
    witness: { action: 's3:PutBucketPolicy' },
  });
});

test('actions that the same statements are about are asked about once', () => {
  const compare = jest.fn<ReturnType<Comparer>, Parameters<Comparer>>(samplingComparer(['*']));
  const { excess } = measureAccess({ identity: [allow('*')] }, { identity: [allow('s3:Get*')] }, compare);
  expect(compare).toHaveBeenCalledTimes(1);
  expect(excess.tally.actions).toBeGreaterThan(20_000);
  expect(excess.cells).toHaveLength(1);
});

test('what stands on both sides in the same words is not asked about', () => {
  const compare = jest.fn<ReturnType<Comparer>, Parameters<Comparer>>(samplingComparer(['*']));
  const both = { identity: [allow(['s3:Get*', 'sqs:*'])], boundary: allow('*') };
  expect(measureAccess(both, both, compare).excess.tally.actions).toBe(0);
  expect(compare).not.toHaveBeenCalled();
});

test('an action that the service reference does not have counts as unlisted', () => {
  const effective = { identity: [allow(['s3:GetObjekt', 'new-service:Do*'])] };
  const { excess } = measureAccess(effective, { identity: [] }, samplingComparer(['*']));
  expect(excess.tally.actions).toBe(0);
  expect(excess.cells).toEqual([expect.objectContaining({ actions: [], unlisted: ['s3:getobjekt'] })]);
});

test('a statement whose action CloudFormation completes may be about any action', () => {
  const open = {
    identity: [{ Statement: [{ Effect: 'Deny', Action: [{ atom: 'P' }], Resource: '*' }] }, allow('s3:GetObject')],
  };
  const compare = jest.fn<ReturnType<Comparer>, Parameters<Comparer>>(samplingComparer(['*']));
  measureAccess(open, { identity: [allow('s3:GetObject')] }, compare);
  const kept = compare.mock.calls
    .map(([, after]) => JSON.stringify(after))
    .filter((after) => after.includes('"atom":"P"'));
  expect(kept.length).toBe(1);
});

test('what cannot be decided counts', () => {
  const undecided: Comparer = () => ({
    relation: 'broadened',
    certainty: 'may',
    gained: [{ certainty: 'may', scope: 'anything', levels: ['Read'], because: 'too many states' }],
    lost: [],
    catalogue: 'test',
  });
  const { excess } = measureAccess({ identity: [allow('s3:GetObject')] }, { identity: [] }, undecided);
  expect(excess.tally).toMatchObject({ actions: 1, levels: { Read: 1 } });
});

test('the comparer is asked about the closed catalogue, with every layer that was there', () => {
  const compare = jest.fn<ReturnType<Comparer>, Parameters<Comparer>>(samplingComparer(['*']));
  const effective = {
    identity: [allow('s3:GetObject')],
    boundary: [allow('sqs:*')],
    scp: [allow('*'), [allow('s3:*')]],
  };
  measureAccess(effective, { identity: [] }, compare);
  const about = compare.mock.calls.find(([, after]) => JSON.stringify(after).includes('s3:GetObject'));
  expect(about?.[1]).toEqual({
    identity: [allow('s3:GetObject')],
    boundary: [{ Version: '2012-10-17', Statement: [] }],
    scp: [[allow('s3:GetObject')], [allow('s3:GetObject')]],
  });
  expect(about?.[2]).toEqual({ catalogue: 'closed' });
});

test('a policy that cannot be read is refused', () => {
  expect(() => measureAccess({ identity: [{}] }, { identity: [] }, samplingComparer([]))).toThrow(
    'identity[0]: The policy has no Statement.',
  );
});
