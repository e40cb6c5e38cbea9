import { WORST_CASES } from '../../../bench/policy/worst-cases';
import { comparePolicies } from '../../../lib/policy/compare/compare-policies';
import { PolicyError } from '../../../lib/policy/evaluate/policy-error';

function policy(...statements: object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::claims/*' };

describe('what cannot be compared', () => {
  test('refuses a policy that cannot be read, with its place', () => {
    const attempt = () =>
      comparePolicies({ identity: policy(read) }, { identity: policy({ ...read, Effect: 'allow' }) });

    expect(attempt).toThrow(PolicyError);
    expect(attempt).toThrow("identity[0].Statement[0].Effect: must be exactly 'Allow' or 'Deny', got 'allow'.");
  });

  test.each([
    ['identity', 'resource'],
    ['resource', 'identity'],
    ['trust', 'boundary'],
  ] as const)('refuses, for %s, a policy under %s', (type, layer) => {
    expect(() => comparePolicies({}, { [layer]: policy(read) }, { type })).toThrow(
      `${layer}: is not compared with type '${type}'; compare it on its own.`,
    );
  });
});

describe('what is too much', () => {
  test.each(WORST_CASES.map(({ name, before, after }) => [name, before, after] as const))(
    '%s is answered in time',
    (_name, before, after) => {
      const start = performance.now();
      comparePolicies({ identity: before }, { identity: after });

      // One second on a quiet machine.
      expect(performance.now() - start).toBeLessThan(5000);
    },
  );

  test('patterns that cannot be followed to the end may match more', () => {
    const { before, after } = WORST_CASES.find(({ name }) => name.includes('24 `?`, equal')) ?? {};

    const { relation, certainty, gained } = comparePolicies({ identity: after }, { identity: before });

    expect({ relation, certainty, because: gained[0]?.because }).toEqual({
      relation: 'broadened',
      certainty: 'may',
      because: expect.stringContaining('cannot decide, because the patterns and conditions are too many'),
    });
  });

  test('sets of values that are too many to try may meet more', () => {
    const keys = Array.from({ length: 12 }, (_, index) => `key-${index}`);
    const any = (values: readonly string[]) => ({
      Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': values } },
    });

    const { relation, certainty } = comparePolicies(
      { identity: policy({ ...read, ...any(keys) }) },
      { identity: policy(...keys.map((key) => ({ ...read, ...any([key]) }))) },
    );

    expect({ relation, certainty }).toEqual({ relation: 'mixed', certainty: 'may' });
  });

  test('a condition dropped among more keys than are searched may be a gain', () => {
    const keys = Array.from({ length: 600 }, (_, index) => [`aws:PrincipalTag/key-${index}`, 'a'] as const);
    const given = (count: number) =>
      policy({ ...read, Condition: { StringEquals: Object.fromEntries(keys.slice(0, count)) } });
    const other = policy({ ...read, Condition: { StringLike: Object.fromEntries(keys.slice(0, 599)) } });

    expect(comparePolicies({ identity: given(600) }, { identity: other })).toMatchObject({
      certainty: 'may',
      relation: 'broadened',
    });
  });

  test('patterns of actions that are too many to expand may match more', () => {
    const patterns = (first: number) => Array.from({ length: 6000 }, (_, index) => `s3:*${index + first}*`);

    const { relation, certainty } = comparePolicies(
      { identity: policy({ ...read, Action: patterns(1) }) },
      { identity: policy({ ...read, Action: patterns(0) }) },
    );

    expect({ relation, certainty }).toEqual({ relation: 'broadened', certainty: 'may' });
  });

  test('an answer does not depend on what was asked before', () => {
    const { before, after } = WORST_CASES.at(-1) ?? {};
    const compare = () => comparePolicies({ identity: before }, { identity: after });

    expect(compare()).toEqual(compare());
  });
});

test('the answer names the version of the service reference', () => {
  expect(comparePolicies({}, {})).toEqual({
    relation: 'equal',
    certainty: 'proved',
    gained: [],
    lost: [],
    catalogue: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
});

test('a change says how far it reaches, and with which access levels', () => {
  const { gained } = comparePolicies(
    { identity: policy(read) },
    { identity: policy(read, { ...read, Action: ['s3:PutObject', 's3:PutBucketPolicy'] }) },
  );

  expect(gained).toEqual([
    {
      certainty: 'witness',
      witness: { action: 's3:PutObject', resource: 'arn:aws:s3:::claims/example', context: {} },
      scope: 'a subtree',
      levels: ['Write', 'Permissions management'],
    },
  ]);
});
