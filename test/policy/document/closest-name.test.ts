import { closestName, didYouMean, editDistance } from '../../../lib/policy/document/closest-name';

test.each([
  ['GetObjct', 'GetObject'],
  ['getobject', 'GetObject'],
  ['GteObject', 'GetObject'],
  ['PutObjectt', 'PutObject'],
  ['Converse', undefined],
  ['', undefined],
])('%s is taken for %s', (written, meant) => {
  expect(closestName(written, ['PutObject', 'GetObject'])).toBe(meant);
});

test('the first of equally near names wins', () => {
  expect(closestName('bat', ['cat', 'hat'])).toBe('cat');
});

test('a text that no one types by mistake is not compared', () => {
  expect(closestName('a'.repeat(201), ['a'.repeat(200)])).toBeUndefined();
});

test('a hint is a part of a sentence', () => {
  expect(didYouMean('Efect', ['Effect'])).toBe('; did you mean Effect?');
  expect(didYouMean('x', ['Effect'])).toBe('');
});

test.each([
  ['kitten', 'sitting', 3],
  ['ab', 'ba', 1],
  ['', 'abc', 3],
  ['abc', 'abc', 0],
  ['abcdef', 'uvwxyz', 4],
])('%s is far from %s by %i', (a, b, distance) => {
  expect(editDistance(a, b, 4)).toBe(distance);
});
