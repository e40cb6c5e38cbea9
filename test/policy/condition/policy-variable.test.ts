import { isConstant, resolvePattern, resolveText, textTemplate } from '../../../lib/policy/condition/policy-variable';
import { RequestContext } from '../../../lib/policy/condition/request-context';
import { text } from '../../../lib/policy/document/text';
import { ANY } from '../../../lib/policy/match/glob';

const context = new RequestContext({ 'aws:username': 'a*', 'aws:CalledVia': ['x', 'y'], 'aws:EpochTime': 7 });

function resolved(value: string): string | undefined {
  return resolveText(textTemplate(text(value), '2012-10-17'), context)?.join('');
}

test.each([
  ['x', 'x'],
  ['${aws:username}', 'a*'],
  ['-${ AWS:USERNAME }-${aws:EpochTime}', '-a*-7'],
  ['${aws:CalledVia}', undefined],
  ["${aws:CalledVia, 'none'}", 'none'],
  ["${aws:PrincipalTag/cost center, 'a, b'}", 'a, b'],
  ["${aws:PrincipalTag/x,''}", ''],
  ['${aws:PrincipalTag/x, none}', undefined],
  ["${aws:PrincipalTag/x, '}", undefined],
  ['${}', undefined],
  ['${aws:username', '${aws:username'],
  ['${*}${?}${$}', '*?$'],
  ['$aws:username', '$aws:username'],
])('%s becomes %s', (value, expected) => {
  expect(resolved(value)).toBe(expected);
});

test('the older language version has no variables', () => {
  const template = textTemplate(text('${aws:username}*'), '2008-10-17');

  expect(isConstant(template)).toBe(true);
  expect(resolveText(template, context)).toEqual(['${aws:username}*']);
});

test('only what the policy itself says is a wildcard', () => {
  const template = textTemplate(text('${aws:username}*${*}'), '2012-10-17');

  expect(isConstant(template)).toBe(false);
  expect(resolvePattern(template, context)).toEqual(['a', '*', ANY, '*']);
});

test('a letter outside the basic plane stays one letter', () => {
  const template = textTemplate(text('${aws:PrincipalTag/mood}'), '2012-10-17');

  expect(resolvePattern(template, new RequestContext({ 'aws:PrincipalTag/mood': '\u{1F600}' }))).toEqual(['\u{1F600}']);
});

test('atoms stay where they are', () => {
  const template = textTemplate(text('${aws:EpochTime}/', { atom: 'Name' }, '*'), '2012-10-17');

  expect(resolveText(template, context)).toEqual(['7/', { atom: 'Name' }, '*']);
  expect(resolvePattern(template, context)).toEqual(['7', '/', { atom: 'Name' }, ANY]);
});

test('a long text without a variable is read at once', () => {
  expect(resolved('${'.repeat(200_000))).toHaveLength(400_000);
  expect(resolved(`\${${' '.repeat(200_000)}`)).toHaveLength(200_002);
});
