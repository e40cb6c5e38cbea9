import { type PolicyText, text } from '../../lib/policy/document/text';
import { cfnText, intrinsic, type NameScope, TEXT_MARKER } from '../../lib/synth/cfn-text';

const atom = (name: string): PolicyText => text({ atom: name });
const names: NameScope = {
  ref: (name) => atom(name),
  attribute: (id, attribute) => atom(`${id}.${attribute}`),
  importValue: (name) => (name[0] === 'known' ? text('imported') : atom('import')),
  stackOutput: (stack, output) =>
    stack[0] === 'Other' && output[0] === 'Arn' ? text('from another stack') : undefined,
  mapping: (name) => (name === 'Map' ? { one: { two: 'value', list: ['a'] } } : undefined),
};
const read = (value: unknown): PolicyText => cfnText(value, names);

describe('a CloudFormation value is read as', () => {
  test.each<[string, unknown, PolicyText]>([
    ['literal text', 'a', text('a')],
    ['a number', 7, text('7')],
    ['a boolean', false, text('false')],
    ['a text that is known already', { [TEXT_MARKER]: text('a', { atom: 'b' }) }, text('a', { atom: 'b' })],
    ['Ref', { Ref: 'Role' }, atom('Role')],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Role', 'Arn'] }, atom('Role.Arn')],
    ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Role.Arn' }, atom('Role.Arn')],
    ['Fn::GetAtt of a nested output', { 'Fn::GetAtt': 'Nested.Outputs.Arn' }, atom('Nested.Outputs.Arn')],
    ['Fn::Join', { 'Fn::Join': ['/', ['a', { Ref: 'B' }, 'c']] }, text('a/', { atom: 'B' }, '/c')],
    ['Fn::Sub', { 'Fn::Sub': 'x${A}y${B.C}z${!D}' }, text('x', { atom: 'A' }, 'y', { atom: 'B.C' }, 'z${D}')],
    ['Fn::Sub with variables', { 'Fn::Sub': ['${A}-${B}', { A: 'a' }] }, text('a-', { atom: 'B' })],
    ['Fn::ImportValue', { 'Fn::ImportValue': 'known' }, text('imported')],
    [
      'Fn::GetStackOutput',
      { 'Fn::GetStackOutput': { StackName: 'Other', OutputName: 'Arn' } },
      text('from another stack'),
    ],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Map', 'one', 'two'] }, text('value')],
  ])('%s', (_, value, expected) => {
    expect(read(value)).toEqual(expected);
  });
});

describe('what only CloudFormation can work out', () => {
  test.each<[string, unknown, string[]]>([
    ['Fn::If', { 'Fn::If': ['C', { Ref: 'A' }, 'literal'] }, ['"A"', 'literal']],
    [
      'Fn::Select of Fn::Split',
      { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Role', 'Arn'] }] }] },
      ['Role.Arn'],
    ],
    ['a mapping with a key that is not known', { 'Fn::FindInMap': ['Map', { Ref: 'K' }, 'two'] }, ['value', 'K']],
    ['a mapping whose value is a list', { 'Fn::FindInMap': ['Map', 'one', 'list'] }, ['["a"]']],
    ['a mapping of nobody', { 'Fn::FindInMap': ['Other', 'a', 'b'] }, ['Other']],
    [
      'an output of a stack that is not known',
      { 'Fn::GetStackOutput': { StackName: 'Far', OutputName: 'Arn' } },
      ['Far'],
    ],
    ['Fn::Join of a list that is not known', { 'Fn::Join': [',', { Ref: 'List' }] }, ['List']],
    ['a structure', { a: [1, { Ref: 'B' }] }, ['B']],
    ['a list', ['x', { Ref: 'B' }], ['x', 'B']],
  ])('is one atom that shows all it is made of: %s', (_, value, shown) => {
    const result = read(value);
    expect(result).toHaveLength(1);
    const { atom: name } = result[0] as { atom: string };
    for (const word of shown) {
      expect(name).toContain(word.replace(/^"|"$/g, ''));
    }
  });

  test('is the same atom for the same expression, whatever the order of keys', () => {
    expect(read({ 'Fn::X': { a: 1, b: { Ref: 'R' } } })).toEqual(read({ 'Fn::X': { b: { Ref: 'R' }, a: 1 } }));
    expect(read({ 'Fn::X': { a: 1 } })).not.toEqual(read({ 'Fn::X': { a: 2 } }));
    expect(read({ 'Fn::X': ['a'] })).not.toEqual(read({ 'Fn::Y': ['a'] }));
  });

  test('is not mistaken for a literal that reads like it', () => {
    expect(read({ 'Fn::X': [{ Ref: 'A' }] })).not.toEqual(read({ 'Fn::X': [JSON.stringify(atom('A'))] }));
  });
});

test('an object is a function call only when it has one key with the name of a function', () => {
  expect(intrinsic({ Ref: 'A' })).toEqual({ name: 'Ref', argument: 'A' });
  expect(intrinsic({ Ref: 'A', other: 1 })).toBeUndefined();
  expect(intrinsic({ ref: 'A' })).toBeUndefined();
  expect(intrinsic(['Ref'])).toBeUndefined();
  expect(intrinsic(null)).toBeUndefined();
});
