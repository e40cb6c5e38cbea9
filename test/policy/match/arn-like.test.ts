import { text } from '../../../lib/policy/document/text';
import { arnLike, splitParts } from '../../../lib/policy/match/arn-like';
import { globTokens } from '../../../lib/policy/match/glob';

test.each([
  ['arn:aws:sns:*:*:x', 'arn:aws:sns:eu-west-1:111122223333:x', true],
  ['arn:aws:sns:*:x', 'arn:aws:sns:eu-west-1:111122223333:x', false],
  ['arn:aws:sns:eu-west-1:111122223333:*', 'arn:aws:sns:eu-west-1:111122223333:x:y', true],
  ['arn:aws:sns:eu-west-1:111122223333:x?y', 'arn:aws:sns:eu-west-1:111122223333:x:y', true],
  ['*:*:*:*:*:*', 'arn:aws:s3:::x', true],
  ['**', 'arn:aws:s3:::x', false],
  ['*', 'arn:aws:s3:::x', true],
  ['*', 'urn:aws:s3:::x', false],
  ['*', 'arn:aws:s3::x', false],
])('%s against %s is %s', (pattern, arn, expected) => {
  expect(arnLike(globTokens(text(pattern)), arn)).toBe(expected);
});

test('an ARN has six parts, and the last keeps its colons', () => {
  expect(splitParts(Array.from('a:b:c:d:e:f:g')).map((part) => part.join(''))).toEqual([
    'a',
    'b',
    'c',
    'd',
    'e',
    'f:g',
  ]);
});
