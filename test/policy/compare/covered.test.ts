import { type KnownAtoms, plainAtoms, resourcesIn, WorkingSet } from '../../../lib/policy/compare/covered';
import type { TextCondition, TextStatement } from '../../../lib/policy/compare/text-statement';
import { type PolicyText, text } from '../../../lib/policy/document/text';

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
const NOTHING_KNOWN: KnownAtoms = { isArn: () => false, isName: () => false };
const missing = (working: TextStatement[], asked: TextStatement): string[] =>
  new WorkingSet(working)
    .coverage(asked, NOTHING_KNOWN)
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
      'an operator that allows more',
      allow(['s3:DeleteObject'], ['a'], [when('StringLike', 'aws:ResourceAccount', '1*', '2')]),
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
      own.coverage({ effect: 'Allow', actions: [text('a:B')], resources: [resource], conditions: [] }, NOTHING_KNOWN)
        .uncovered.length;
    expect(asks(text({ atom: 'X' }))).toBe(0);
    expect(asks(text('X'))).toBe(1);
    expect(asks(text({ atom: 'X' }, '*'))).toBe(1);
    expect(own.gives('A:b', text({ atom: 'X' }))).toBe(true);
    expect(own.gives('a:B', text('X'))).toBe(false);
  });

  test('is not what only looks the same: a policy variable in a policy of the older version', () => {
    const named = allow(['s3:GetObject'], ['arn:aws:s3:::b/${aws:username}']);
    const old: TextStatement = { ...named, version: '2008-10-17' };
    expect(missing([named], old)).toHaveLength(1);
    expect(missing([old], named)).toHaveLength(1);
    expect(missing([old], old)).toHaveLength(0);
  });

  test('is known without a comparison when it is asked for in the same words', () => {
    const own = new WorkingSet(working);
    expect(own.literalCoverage(allow(['S3:GetObject'], ['b'])).uncovered).toEqual([]);
    expect(own.literalCoverage(allow(['s3:GetObject'], ['b?'])).uncovered).toHaveLength(1);
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
    expect(new WorkingSet(working).coverage(asked, NOTHING_KNOWN).undecided).toContain(words);
  });
});

describe('what is asked for in other words', () => {
  const FILES = 'arn:aws:s3:::files';
  const declared = [
    allow(['s3:GetObject'], [`${FILES}/claims/*`], [when('StringEquals', 's3:ResourceAccount', '111122223333')]),
    allow(['s3:GetObject'], [`${FILES}/drafts/?*`]),
    allow(['s3:PutObject', 's3:DeleteObject'], [`${FILES}/drafts/*`]),
    allow(['s3:ListBucket'], [FILES], [when('StringLike', 's3:prefix', 'claims/', 'claims/*')]),
    allow(['sqs:SendMessage'], ['arn:aws:sqs:us-east-1:111122223333:jobs-*']),
    allow(['ec2:RunInstances'], ['arn:aws:ec2:*:*:instance/*'], [when('StringEquals', 'aws:RequestedRegion', 'a')]),
    allow(['ec2:RunInstances'], ['arn:aws:ec2:*:*:instance/*'], [when('StringNotEquals', 'aws:RequestedRegion', 'a')]),
    allow(['logs:PutLogEvents'], [`arn:aws:logs:us-east-1:111122223333:log-group:\${aws:PrincipalTag/team}:*`]),
  ];
  const account = when('StringEquals', 's3:ResourceAccount', '111122223333');

  test.each<[string, TextStatement]>([
    ['a narrower prefix', allow(['s3:GetObject'], [`${FILES}/claims/2026/*`], [account])],
    ['one object', allow(['s3:GetObject'], [`${FILES}/drafts/a.txt`])],
    ['? for *', allow(['s3:PutObject'], [`${FILES}/drafts/????`])],
    ['the same wildcards in another order', allow(['s3:GetObject'], [`${FILES}/drafts/*?`])],
    [
      'two resources that two statements give',
      allow(['s3:GetObject'], [`${FILES}/claims/a`, `${FILES}/drafts/a`], [account]),
    ],
    ['fewer values', allow(['s3:ListBucket'], [FILES], [when('StringLike', 's3:prefix', 'claims/*')])],
    [
      'an operator that allows less',
      allow(['s3:ListBucket'], [FILES], [when('StringEquals', 's3:prefix', 'claims/a')]),
    ],
    [
      'a longer prefix in a condition',
      allow(['s3:ListBucket'], [FILES], [when('StringLike', 's3:prefix', 'claims/2026/*')]),
    ],
    [
      'the same and a condition that narrows',
      allow(['s3:GetObject'], [`${FILES}/claims/a*`], [account, when('Bool', 'aws:SecureTransport', 'true')]),
    ],
    ['what several statements give together', allow(['ec2:RunInstances'], ['arn:aws:ec2:us-east-1:1:instance/*'])],
    ['one queue of several', allow(['SQS:sendmessage'], ['arn:aws:sqs:us-east-1:111122223333:jobs-a'])],
    [
      'a part of what a policy variable stands for',
      allow(['logs:PutLogEvents'], [`arn:aws:logs:us-east-1:111122223333:log-group:\${aws:PrincipalTag/team}:a`]),
    ],
  ])('is covered: %s', (_, asked) => {
    expect(missing(declared, asked)).toEqual([]);
  });

  test.each<[string, TextStatement, number]>([
    ['a prefix beside', allow(['s3:GetObject'], [`${FILES}/claims*`], [account]), 1],
    ['a prefix above', allow(['s3:GetObject'], [`${FILES}/*`], [account]), 1],
    ['an empty name where one letter is asked for', allow(['s3:GetObject'], [`${FILES}/drafts/*`]), 1],
    [
      'another account of the bucket',
      allow(['s3:GetObject'], [`${FILES}/claims/a`], [when('StringEquals', 's3:ResourceAccount', '1')]),
      1,
    ],
    ['no account', allow(['s3:GetObject'], [`${FILES}/claims/a`]), 1],
    [
      'the account if the key is there',
      allow(
        ['s3:GetObject'],
        [`${FILES}/claims/a`],
        [when('StringEqualsIfExists', 's3:ResourceAccount', '111122223333')],
      ),
      1,
    ],
    [
      'all values for a key that may be missing',
      allow(['s3:ListBucket'], [FILES], [when('ForAllValues:StringLike', 's3:prefix', 'claims/*')]),
      1,
    ],
    ['another region', allow(['sqs:SendMessage'], ['arn:aws:sqs:*:111122223333:jobs-a']), 1],
    ['a pattern of actions', allow(['s3:PutObject*'], [`${FILES}/drafts/*`]), 1],
    ['one letter open in an action', allow(['s3:PutObjec?'], [`${FILES}/drafts/*`]), 1],
    [
      'only the part that is not declared',
      allow(['s3:PutObject', 's3:GetObject'], [`${FILES}/drafts/a`, `${FILES}/a`]),
      2,
    ],
    [
      'a policy variable where the policy is of the older version',
      {
        ...allow(['logs:PutLogEvents'], [`arn:aws:logs:us-east-1:111122223333:log-group:\${aws:PrincipalTag/team}:*`]),
        version: '2008-10-17',
      },
      1,
    ],
    [
      'a condition that nobody understands',
      allow(['s3:GetObject'], [`${FILES}/claims/a`], [when('StringsEqual', 's3:ResourceAccount', '111122223333')]),
      1,
    ],
    [
      'a condition without values',
      allow(['s3:GetObject'], [`${FILES}/claims/a`], [when('StringEquals', 's3:ResourceAccount')]),
      1,
    ],
  ])('is not covered: %s', (_, asked, count) => {
    expect(missing(declared, asked)).toHaveLength(count);
  });
});

describe('an atom', () => {
  const ARN = { atom: '{S/B}.Arn' };
  const OTHER = { atom: '{S/C}.Arn' };
  const REGION = { atom: 'AWS::Region' };
  const PARAMETER = { atom: '{S/P}.Ref' };
  const known: KnownAtoms = {
    isArn: (atom) => atom === ARN.atom || atom === OTHER.atom,
    isName: (atom) => atom === REGION.atom,
  };
  const reads = (resource: PolicyText): TextStatement => ({ ...allow(['s3:GetObject'], []), resources: [resource] });
  const covers = (own: PolicyText, asked: PolicyText, atoms = known): boolean =>
    new WorkingSet([reads(own)]).coverage(reads(asked), atoms).uncovered.length === 0;

  test.each<[string, PolicyText, PolicyText]>([
    ['an ARN, longer', text(ARN, '/claims/*'), text(ARN, '/claims/2026/*')],
    ['an ARN, with ? for *', text(ARN, '/*'), text(ARN, '/??')],
    ['a name inside', text('arn:aws:sqs:', REGION, ':1:jobs-*'), text('arn:aws:sqs:', REGION, ':1:jobs-a')],
    ['a parameter inside', text('arn:aws:s3:::b/', PARAMETER, '/*'), text('arn:aws:s3:::b/', PARAMETER, '/a')],
    ['anything where a wildcard stands', text('arn:aws:s3:::b/*'), text('arn:aws:s3:::b/', PARAMETER)],
  ])('is covered: %s', (_, own, asked) => {
    expect(covers(own, asked)).toBe(true);
  });

  test.each<[string, PolicyText, PolicyText]>([
    ['another ARN', text(ARN, '/*'), text(OTHER, '/a')],
    ['an ARN for a literal', text('arn:aws:s3:::b/*'), text(ARN, '/a')],
    ['a literal for an ARN', text(ARN, '/*'), text('arn:aws:s3:::b/a')],
    ['the buckets beside it', text(ARN, '/*'), text(ARN, '*')],
    ['a parameter for a literal', text('arn:aws:s3:::b/a'), text('arn:aws:s3:::b/', PARAMETER)],
    ['a parameter where one letter stands', text('arn:aws:s3:::b/?'), text('arn:aws:s3:::b/', PARAMETER)],
    ['a name in another place', text('arn:aws:sqs:', REGION, ':1:a'), text('arn:aws:sqs:*:1:', REGION)],
  ])('is not covered: %s', (_, own, asked) => {
    expect(covers(own, asked)).toBe(false);
  });

  test('that a resource begins with is no name there', () => {
    const [own, asked] = [text(REGION, '*'), text(REGION, ':1')];
    const asArn: KnownAtoms = { isArn: (atom) => atom === REGION.atom, isName: () => false };
    expect(plainAtoms(resourcesIn([reads(own), reads(asked)]), known)(REGION.atom)).toBe(false);
    expect(plainAtoms([own, asked], asArn)(REGION.atom)).toBe(true);
    expect(plainAtoms([text('arn:', REGION)], known)(REGION.atom)).toBe(true);
  });

  test('is compared once for as long as the same is known of it', () => {
    const own = new WorkingSet([reads(text(ARN, '/*'))]);
    const asked = reads(text(ARN, '/a/*'));
    own.coverage(asked, known);
    const start = performance.now();
    for (let time = 0; time < 100; time++) {
      own.coverage(asked, known);
    }
    expect(performance.now() - start).toBeLessThan(50);
  });
});
