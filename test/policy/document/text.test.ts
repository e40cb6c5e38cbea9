import {
  displayText,
  endsWith,
  isAtom,
  isLiteral,
  literalOf,
  type PolicyText,
  sameText,
  startsWith,
  text,
  textKey,
} from '../../../lib/policy/document/text';

const bucket = { atom: 'Prod/Bucket.Arn' };

test('text merges neighbouring literals and drops empty ones', () => {
  expect(text('a', '', 'b', bucket, '', ['/c', 'd'])).toEqual(['ab', bucket, '/cd']);
  expect(text()).toEqual([]);
  expect(text('')).toEqual([]);
});

test('text does not change the text it joins', () => {
  const prefix = text('arn:', bucket);

  expect(text(prefix, '/a')).toEqual(['arn:', bucket, '/a']);
  expect(text(text('x'), 'y')).toEqual(['xy']);
  expect(prefix).toEqual(['arn:', bucket]);
});

test('a literal is known, a text with an atom is not', () => {
  expect(isLiteral(text('a'))).toBe(true);
  expect(literalOf(text('a', 'b'))).toBe('ab');
  expect(literalOf(text())).toBe('');
  expect(isLiteral(text('a', bucket))).toBe(false);
  expect(literalOf(text(bucket))).toBeUndefined();
});

test('texts are the same by letters and by the identity of atoms', () => {
  expect(sameText(text('a', bucket), text('a', { atom: 'Prod/Bucket.Arn' }))).toBe(true);
  expect(sameText(text(bucket), text({ atom: 'Prod/Other.Arn' }))).toBe(false);
  expect(sameText(text(bucket), text('Prod/Bucket.Arn'))).toBe(false);
  expect(sameText(text('a'), text('a', bucket))).toBe(false);
});

test('different texts have different keys', () => {
  const texts: PolicyText[] = [
    text(),
    text('a'),
    text({ atom: 'a' }),
    text('<a>'),
    text('L1:a'),
    text('a', { atom: 'b' }),
    text('a', { atom: 'bc' }),
    text('aA1:b'),
    text('aAb'),
    text({ atom: 'a' }, { atom: 'b' }),
    text({ atom: 'aA1:b' }),
    text({ atom: 'a' }, 'b'),
  ];

  expect(new Set(texts.map(textKey)).size).toBe(texts.length);
  expect(textKey(text('a', bucket))).toBe(textKey(text('', 'a', { ...bucket })));
});

test('atoms are shown by their identity', () => {
  expect(displayText(text('arn:', bucket, '/*'))).toBe('arn:<Prod/Bucket.Arn>/*');
});

test('beginnings and ends are known only where they are literal', () => {
  const value = text('arn:', bucket, '/*');

  expect([startsWith(value, 'ar'), startsWith(value, 'arn:x'), startsWith(text(bucket), 'a')]).toEqual([
    true,
    false,
    false,
  ]);
  expect([endsWith(value, '*'), endsWith(value, 'x/*'), endsWith(text(bucket), 'n')]).toEqual([true, false, false]);
  expect([startsWith(text(), ''), endsWith(text(bucket), '')]).toEqual([true, true]);
});

test('only an object with nothing but an identity is an atom', () => {
  expect([{ atom: 'x' }, { atom: 'x', more: 1 }, { atom: 1 }, { Atom: 'x' }, ['x'], null, 'x'].map(isAtom)).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
});
