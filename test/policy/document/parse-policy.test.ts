import { parsePolicy } from '../../../lib/policy/document/parse-policy';
import { text } from '../../../lib/policy/document/text';

const STATEMENT = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

function messages(input: unknown): string[] {
  const parsed = parsePolicy(input);
  expect(parsed.document).toBeUndefined();
  return parsed.findings.map((finding) => finding.message);
}

/** What is wrong with a statement that has these elements instead of the usual ones. */
function wrong(elements: object): string[] {
  return messages({ Statement: [STATEMENT, { ...STATEMENT, ...elements }] });
}

test('all of the grammar comes out in one form', () => {
  const { document, findings } = parsePolicy({
    Version: '2012-10-17',
    Id: 'claims',
    Statement: {
      Sid: 'Read',
      Effect: 'Allow',
      Principal: { AWS: ['111122223333', '*'], Service: 'bedrock.amazonaws.com' },
      NotAction: ['s3:Put*', 'S3:Delete?bject'],
      NotResource: ['arn:aws:s3:::a', [{ atom: 'Bucket.Arn' }, '/', '*'], { atom: 'Key.Arn' }],
      Condition: {
        'forAnyValue:stringlikeIfExists': { 'aws:TagKeys': ['a', ['b', { atom: 'Tag' }]] },
        NumericLessThan: { 's3:max-keys': 10 },
        Bool: { 'aws:SecureTransport': [true, 'false'] },
      },
    },
  });

  expect(findings).toEqual([]);
  expect(document).toEqual({
    version: '2012-10-17',
    id: 'claims',
    statements: [
      {
        place: 'Statement',
        sid: 'Read',
        effect: 'Allow',
        principal: {
          negated: false,
          everyone: true,
          entries: [
            { type: 'AWS', id: text('111122223333') },
            { type: 'Service', id: text('bedrock.amazonaws.com') },
          ],
        },
        action: { negated: true, patterns: [text('s3:Put*'), text('S3:Delete?bject')] },
        resource: {
          negated: true,
          patterns: [text('arn:aws:s3:::a'), text({ atom: 'Bucket.Arn' }, '/*'), text({ atom: 'Key.Arn' })],
        },
        conditions: [
          {
            operator: {
              name: 'ForAnyValue:StringLikeIfExists',
              family: 'String',
              comparison: 'StringLike',
              negated: false,
              set: 'ForAnyValue',
              ifExists: true,
            },
            key: 'aws:TagKeys',
            values: [text('a'), text('b', { atom: 'Tag' })],
          },
          {
            operator: expect.objectContaining({ name: 'NumericLessThan', ifExists: false }),
            key: 's3:max-keys',
            values: [text('10')],
          },
          {
            operator: expect.objectContaining({ name: 'Bool' }),
            key: 'aws:SecureTransport',
            values: [text('true'), text('false')],
          },
        ],
      },
    ],
  });
});

test('a policy without a version has the older one', () => {
  expect(parsePolicy({ Statement: [STATEMENT] }).document?.version).toBe('2008-10-17');
  expect(parsePolicy({ Version: '2008-10-17', Statement: [] }).document?.statements).toEqual([]);
});

test('a policy may be JSON text', () => {
  expect(parsePolicy(JSON.stringify({ Statement: [STATEMENT] })).document?.statements).toHaveLength(1);
});

test('NotPrincipal is read like Principal', () => {
  const { document } = parsePolicy({ Statement: { ...STATEMENT, Resource: undefined, NotPrincipal: '*' } });

  expect(document?.statements[0]?.principal).toEqual({ negated: true, everyone: true, entries: [] });
  expect(document?.statements[0]).not.toHaveProperty('resource');
});

test.each([
  [{ Sid: 7 }, 'Statement[1].Sid: must be a string, got number.'],
  [{ Effect: 'allow' }, "Statement[1].Effect: must be exactly 'Allow' or 'Deny', got 'allow'."],
  [{ Effect: { atom: 'E' } }, "Statement[1].Effect: must be exactly 'Allow' or 'Deny', got the unresolved value <E>."],
  [{ Effect: undefined }, "Statement[1].Effect: must be exactly 'Allow' or 'Deny', got nothing."],
  [{ Action: undefined }, 'Statement[1]: has neither Action nor NotAction.'],
  [{ NotAction: 's3:*' }, 'Statement[1]: has both Action and NotAction; a statement takes one of them.'],
  [{ NotResource: '*' }, 'Statement[1]: has both Resource and NotResource; a statement takes one of them.'],
  [{ Resource: undefined }, 'Statement[1]: has neither Resource nor NotResource.'],
  [
    { Action: ['s3:GetObject', 'GetObject'] },
    "Statement[1].Action[1]: 'GetObject' is no action; an action looks like s3:GetObject, s3:Get* or *.",
  ],
  [
    { Action: 's3: GetObject' },
    "Statement[1].Action: 's3: GetObject' is no action; an action looks like s3:GetObject, s3:Get* or *.",
  ],
  [
    { Action: undefined, NotAction: ':Get' },
    "Statement[1].NotAction: ':Get' is no action; an action looks like s3:GetObject, s3:Get* or *.",
  ],
  [{ Action: [7] }, 'Statement[1].Action[0]: must be a string, got number.'],
  [{ Resource: ['*', null] }, 'Statement[1].Resource[1]: must be a string, got null.'],
  [{ Resource: [[]] }, 'Statement[1].Resource[0]: must be a string, got an empty list.'],
  [{ Resource: [[['a']]] }, 'Statement[1].Resource[0]: must be a string, got a list.'],
  [{ Resource: { Ref: 'Bucket' } }, 'Statement[1].Resource: must be a string, got an object.'],
  [{ Acton: 's3:*' }, "Statement[1]: unknown element 'Acton'; did you mean Action?"],
  [{ condition: {} }, "Statement[1]: unknown element 'condition'; did you mean Condition? (case matters)"],
  [{ Principal: 'arn:x' }, `Statement[1].Principal: must be '*' or a map such as {"AWS": "..."}, got 'arn:x'.`],
  [{ Principal: {} }, 'Statement[1].Principal: names no principal.'],
  [{ Principal: { Aws: '1' } }, "Statement[1].Principal: unknown element 'Aws'; did you mean AWS? (case matters)"],
  [{ Principal: { AWS: [true] } }, 'Statement[1].Principal.AWS[0]: must be a string, got boolean.'],
  [{ Condition: [] }, 'Statement[1].Condition: must be a map from operators to keys, got an empty list.'],
  [
    { Condition: { StringEqual: { 'aws:a': 'x' } } },
    "Statement[1].Condition.StringEqual: 'StringEqual' is no condition operator; did you mean StringEquals?",
  ],
  [
    { Condition: { 'ForAnyValues:StringLike': { 'aws:a': 'x' } } },
    "Statement[1].Condition.ForAnyValues:StringLike: 'ForAnyValues' is no set operator; did you mean ForAnyValue?",
  ],
  [
    { Condition: { NullIfExists: { 'aws:a': 'true' } } },
    'Statement[1].Condition.NullIfExists: Null asks whether the key exists and takes no IfExists.',
  ],
  [
    { Condition: { Bool: 'aws:SecureTransport' } },
    "Statement[1].Condition.Bool: must be a map from condition keys to values, got 'aws:SecureTransport'.",
  ],
  [
    { Condition: { Bool: { SecureTransport: 'true' } } },
    "Statement[1].Condition.Bool.SecureTransport: a condition key starts with 'aws:' or the prefix of its service.",
  ],
  [
    { Condition: { Bool: { 'aws:SecureTransport': [{}] } } },
    'Statement[1].Condition.Bool.aws:SecureTransport[0]: must be a string, a number or a Boolean, got an object.',
  ],
])('refuses %j', (elements, message) => {
  expect(wrong(elements)).toContain(message);
});

test.each([
  [undefined, 'A policy must be an object or its JSON text, got nothing.'],
  [[], 'A policy must be an object or its JSON text, got an empty list.'],
  [{ atom: 'Doc' }, 'A policy must be an object or its JSON text, got the unresolved value <Doc>.'],
  ['{', 'The policy is no valid JSON.'],
  ['"text"', "A policy must be an object or its JSON text, got 'text'."],
  [{}, 'The policy has no Statement.'],
  [{ Statement: ['s3:*'] }, "Statement[0]: must be an object, got 's3:*'."],
  [{ Statement: [], Version: '2012-10-18' }, "Version: must be '2012-10-17' or '2008-10-17', got '2012-10-18'."],
  [{ Statement: [], Id: {} }, 'Id: must be a string, got an object.'],
  [{ Statement: [], version: '2012-10-17' }, "unknown element 'version'; did you mean Version? (case matters)"],
])('refuses the policy %j', (input, message) => {
  expect(messages(input)).toContain(message);
});

test('a finding has its place apart', () => {
  expect(parsePolicy({ Statement: [{ ...STATEMENT, Effect: 'No' }] }).findings[0]).toEqual({
    place: 'Statement[0].Effect',
    message: "Statement[0].Effect: must be exactly 'Allow' or 'Deny', got 'No'.",
  });
});

test('refuses names that reach into the prototype', () => {
  const json = '{"Statement":[{"__proto__":{"Effect":"Allow"},"Action":"*","Resource":"*"}],"constructor":1}';

  expect(messages(json)).toEqual(
    expect.arrayContaining([
      "unknown element 'constructor'",
      "Statement[0]: unknown element '__proto__'",
      "Statement[0].Effect: must be exactly 'Allow' or 'Deny', got nothing.",
    ]),
  );
  expect(Object.hasOwn(Object.prototype, 'Effect')).toBe(false);
});

test('refuses elements that an object only inherits', () => {
  expect(messages(Object.create({ Statement: [STATEMENT] }))).toEqual(['The policy has no Statement.']);
});

test('refuses hostile input without throwing', () => {
  const throwing = Object.defineProperty({}, 'Statement', {
    enumerable: true,
    get: () => {
      throw new Error('no');
    },
  });

  expect(messages(throwing)).toEqual(['The policy cannot be read: no.']);
  expect(messages('['.repeat(500_000))).toEqual(['The policy is no valid JSON.']);
  expect(messages(' '.repeat(2_000_001))).toEqual(['The policy has more than 2000000 characters and is not read.']);
});

test('bounds work and report on huge policies', () => {
  const many = { Statement: [{ ...STATEMENT, Action: Array.from({ length: 200_001 }, () => 's3:*') }] };

  expect(messages(many)).toEqual(['Statement[0].Action: the policy has more than 200000 values and is not read.']);
  expect(messages({ Statement: Array.from({ length: 500 }, () => 7) })).toHaveLength(100);
});
