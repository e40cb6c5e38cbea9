import { type Atom, text } from '../../../lib/policy/document/text';
import { compileGlob, globTokens, matchesGlob } from '../../../lib/policy/match/glob';
import { randomFrom } from '../random';

function matches(pattern: string, value: string): boolean {
  return matchesGlob(compileGlob(globTokens(text(pattern))), value);
}

/** The meaning of a glob, without any regard to speed. */
function naive(pattern: string, value: string): boolean {
  if (pattern === '') {
    return value === '';
  }
  if (pattern.startsWith('*')) {
    return naive(pattern.slice(1), value) || (value !== '' && naive(pattern, value.slice(1)));
  }
  const fits = value !== '' && (pattern.startsWith('?') || pattern[0] === value[0]);
  return fits && naive(pattern.slice(1), value.slice(1));
}

test.each([
  ['', '', true],
  ['', 'a', false],
  ['*', '', true],
  ['?', '', false],
  ['a', 'ab', false],
  ['ab', 'a', false],
  ['a*', 'a', true],
  ['*a', 'ba', true],
  ['*a', 'ab', false],
  ['a*b*c', 'aXbXbXc', true],
  ['a**c', 'ac', true],
  ['?*?', 'a', false],
  ['a?c', 'abc', true],
  ['A', 'a', false],
  ['?', '\u{1F600}', true],
])('%j against %j is %s', (pattern, value, expected) => {
  expect(matches(pattern, value)).toBe(expected);
});

test('agrees with the plain meaning of globs', () => {
  const { pick, length, seed } = randomFrom('globs');
  for (let run = 0; run < 3000; run++) {
    const pattern = pick('ab:*?', length(8));
    const value = pick('ab:', length(10));
    expect({ seed, pattern, value, matches: matches(pattern, value) }).toEqual({
      seed,
      pattern,
      value,
      matches: naive(pattern, value),
    });
  }
});

test('many wildcards take no more time than letters times tokens', () => {
  expect(matches(`${'*a'.repeat(200)}b`, 'a'.repeat(2000))).toBe(false);
  expect(matches(`${'*?'.repeat(200)}`, 'a'.repeat(2000))).toBe(true);
});

describe('atoms', () => {
  const bucket = { atom: 'Bucket.Arn' };
  const matchesText = (pattern: (string | Atom)[], value: (string | Atom)[]) =>
    matchesGlob(compileGlob(globTokens(text(...pattern))), text(...value));

  test('an atom takes itself, and no other and no text', () => {
    expect(matchesText([bucket, '/*'], [bucket, '/a'])).toBe(true);
    expect(matchesText([bucket, '/*'], [{ atom: 'Other.Arn' }, '/a'])).toBe(false);
    expect(matchesText([bucket], ['Bucket.Arn'])).toBe(false);
  });

  test('an asterisk takes an atom, a question mark does not', () => {
    expect(matchesText(['*/a'], [bucket, '/a'])).toBe(true);
    expect(matchesText(['arn*'], ['arn', bucket])).toBe(true);
    expect(matchesText(['?/a'], [bucket, '/a'])).toBe(false);
    expect(matchesText(['arn:', '*'], [bucket])).toBe(false);
  });
});
