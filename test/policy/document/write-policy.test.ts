import { parsePolicy } from '../../../lib/policy/document/parse-policy';
import type { PolicyDocument } from '../../../lib/policy/document/policy-document';
import { writePolicy } from '../../../lib/policy/document/write-policy';

const STATEMENT = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::claims/*' };

test.each<[string, unknown]>([
  ['one statement that is no list', { Statement: STATEMENT }],
  ['the old version and an id', { Version: '2008-10-17', Id: 'x', Statement: [STATEMENT] }],
  [
    'exclusions',
    { Version: '2012-10-17', Statement: [{ Effect: 'Deny', NotAction: ['a:b'], NotResource: ['*', 'x'] }] },
  ],
  ['an empty list', { Statement: [{ ...STATEMENT, Action: [], Condition: { StringEquals: { 'aws:x': [] } } }] }],
  ['an empty text', { Statement: [{ ...STATEMENT, Resource: '' }] }],
  ['atoms', { Statement: [{ ...STATEMENT, Resource: [{ atom: 'A' }, ['arn:', { atom: 'A' }, '/*']] }] }],
  ['one atom', { Statement: [{ ...STATEMENT, Resource: { atom: 'A' } }] }],
  ['everyone', { Statement: [{ Sid: 'S', Effect: 'Allow', Action: 'a:b', Principal: '*' }] }],
  [
    'principals of all kinds',
    {
      Statement: [
        {
          Effect: 'Deny',
          Action: 'a:b',
          NotPrincipal: {
            AWS: ['*', '111122223333'],
            Service: 'x.amazonaws.com',
            Federated: { atom: 'P' },
            CanonicalUser: 'c',
          },
        },
      ],
    },
  ],
  [
    'conditions with numbers, Booleans and set operators',
    {
      Statement: [
        {
          ...STATEMENT,
          Condition: {
            'forallvalues:stringlikeifexists': { 'aws:TagKeys': ['a', 'b'] },
            NumericLessThan: { 'aws:x': 3, 'aws:X': 4 },
            Bool: { 'aws:SecureTransport': true },
          },
        },
      ],
    },
  ],
  [
    'one key under two spellings of one operator',
    {
      Statement: [
        {
          ...STATEMENT,
          Condition: { StringLike: { 'aws:x': 'a*' }, stringlike: { 'aws:x': '*b' }, STRINGLIKE: { 'aws:x': 'c' } },
        },
      ],
    },
  ],
  ['a key that objects have', { Statement: [{ ...STATEMENT, Condition: { StringEquals: { 'aws:__proto__': 'a' } } }] }],
])('%s is read as the same policy once written', (_, policy) => {
  const document = parsed(policy);
  expect(withoutPlaces(parsed(writePolicy(document)))).toEqual(withoutPlaces(document));
});

test('one literal is written as one, everything else as a list', () => {
  expect(writePolicy(parsed({ Statement: { ...STATEMENT, Action: ['s3:GetObject'] } }))).toEqual({
    Version: '2008-10-17',
    Statement: [STATEMENT],
  });
});

function parsed(policy: unknown): PolicyDocument {
  const { document, findings } = parsePolicy(policy);
  expect(findings).toEqual([]);
  return document ?? { version: '2012-10-17', statements: [] };
}

function withoutPlaces(document: PolicyDocument): unknown {
  return { ...document, statements: document.statements.map((statement) => ({ ...statement, place: '' })) };
}
