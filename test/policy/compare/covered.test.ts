import { WorkingSet } from '../../../lib/policy/compare/covered';
import type { TextCondition, TextStatement } from '../../../lib/policy/compare/text-statement';
import { text } from '../../../lib/policy/document/text';

const allow = (actions: string[], resources: string[], conditions: TextCondition[] = []): TextStatement => ({
  effect: 'Allow',
  actions: actions.map((action) => text(action)),
  resources: resources.map((resource) => text(resource)),
  conditions,
});
const when = (operator: string, key: string, ...values: string[]): TextCondition => ({
  operator,
  key,
  values: values.map((value) => text(value)),
});
const missing = (working: TextStatement[], asked: TextStatement): string[] =>
  new WorkingSet(working)
    .coverage(asked)
    .uncovered.map(({ action, resource }) => `${action.join('')} on ${resource.join('')}`);

const working = [
  allow(['s3:GetObject', 's3:PutObject'], ['a', 'b']),
  allow(['s3:DeleteObject'], ['a'], [when('StringEquals', 'aws:ResourceAccount', '1', '2')]),
];

describe('what a working set covers', () => {
  test.each<[string, TextStatement]>([
    ['each action on each resource', allow(['s3:PutObject', 's3:GetObject'], ['b', 'a'])],
    ['actions in other letters', allow(['S3:getobject'], ['a'])],
    ['the same under one more condition', allow(['s3:GetObject'], ['a'], [when('Bool', 'k', 'true')])],
    [
      'the same condition, its values in another order',
      allow(['s3:DeleteObject'], ['a'], [when('StringEquals', 'aws:ResourceAccount', '2', '1')]),
    ],
    [
      'the same condition in other letters',
      allow(['s3:DeleteObject'], ['a'], [when('stringequals', 'AWS:resourceaccount', '1', '2')]),
    ],
    [
      'the same condition and another',
      allow(
        ['s3:DeleteObject'],
        ['a'],
        [when('Bool', 'k', 'true'), when('StringEquals', 'aws:ResourceAccount', '1', '2')],
      ),
    ],
  ])('is %s', (_, asked) => {
    expect(missing(working, asked)).toEqual([]);
  });

  test.each<[string, TextStatement, string[]]>([
    ['another action', allow(['s3:GetObjectAcl'], ['a']), ['s3:GetObjectAcl on a']],
    ['another resource', allow(['s3:GetObject'], ['a', 'c']), ['s3:GetObject on c']],
    ['a resource in other letters', allow(['s3:GetObject'], ['A']), ['s3:GetObject on A']],
    ['a pattern that takes it in', allow(['s3:Get*'], ['*']), ['s3:Get* on *']],
    ['no condition where there is one', allow(['s3:DeleteObject'], ['a']), ['s3:DeleteObject on a']],
    [
      'one more value',
      allow(['s3:DeleteObject'], ['a'], [when('StringEquals', 'aws:ResourceAccount', '1', '2', '3')]),
      ['s3:DeleteObject on a'],
    ],
    [
      'one value less',
      allow(['s3:DeleteObject'], ['a'], [when('StringEquals', 'aws:ResourceAccount', '1')]),
      ['s3:DeleteObject on a'],
    ],
    [
      'another operator',
      allow(['s3:DeleteObject'], ['a'], [when('StringLike', 'aws:ResourceAccount', '1', '2')]),
      ['s3:DeleteObject on a'],
    ],
    [
      'the operator that passes without the key',
      allow(['s3:DeleteObject'], ['a'], [when('StringEqualsIfExists', 'aws:ResourceAccount', '1', '2')]),
      ['s3:DeleteObject on a'],
    ],
    ['a mix of two statements', allow(['s3:DeleteObject', 's3:GetObject'], ['b']), ['s3:DeleteObject on b']],
  ])('is not %s', (_, asked, expected) => {
    expect(missing(working, asked)).toEqual(expected);
  });

  test('is nothing that a denial of the working set names', () => {
    const denial: TextStatement = { ...allow(['s3:GetObject'], ['a']), effect: 'Deny' };
    expect(missing([denial], allow(['s3:GetObject'], ['a']))).toEqual(['s3:GetObject on a']);
  });

  test('is an atom only by itself', () => {
    const own = new WorkingSet([
      { effect: 'Allow', actions: [text('a:B')], resources: [text({ atom: 'X' })], conditions: [] },
    ]);
    const asks = (resource: ReturnType<typeof text>) =>
      own.coverage({ effect: 'Allow', actions: [text('a:B')], resources: [resource], conditions: [] }).uncovered.length;
    expect(asks(text({ atom: 'X' }))).toBe(0);
    expect(asks(text('X'))).toBe(1);
    expect(asks(text({ atom: 'X' }, '*'))).toBe(1);
    expect(own.gives('A:b', text({ atom: 'X' }))).toBe(true);
    expect(own.gives('a:B', text('X'))).toBe(false);
  });

  test.each<[string, TextStatement, string]>([
    ['NotAction', { effect: 'Allow', notActions: [text('a:B')], resources: [text('*')], conditions: [] }, 'NotAction'],
    [
      'NotResource',
      { effect: 'Allow', actions: [text('a:B')], notResources: [text('*')], conditions: [] },
      'NotResource',
    ],
    ['no resource', { effect: 'Allow', actions: [text('s3:GetObject')], conditions: [] }, 'it names no resource'],
    ['an empty list of resources', allow(['s3:GetObject'], []), 'it names no resource'],
    ['an empty list of actions', allow([], ['a']), 'it names no action'],
  ])('can not be decided for %s', (_, asked, words) => {
    expect(new WorkingSet(working).coverage(asked).undecided).toContain(words);
  });
});
