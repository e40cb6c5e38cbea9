import { type Atom, type PolicyText, text } from '../../lib/policy/document/text';
import { cfnText, type NameScope, TEXT_MARKER } from '../../lib/synth/cfn-text';
import { unfolded } from '../../lib/synth/unfolded';

const names: NameScope = {
  ref: (name) => text({ atom: name }),
  attribute: (id, attribute) => text({ atom: `${id}.${attribute}` }),
  importValue: () => text({ atom: 'import' }),
};
const read = (value: unknown): PolicyText => cfnText(value, names);
const marked = (...parts: (string | Atom)[]): object => ({ [TEXT_MARKER]: text(...parts) });

describe('JSON text is unfolded', () => {
  test.each<[string, unknown, unknown]>([
    ['as a literal', '{"a":[1,"b"]}', { a: [1, 'b'] }],
    ['after white space', ' \n[{"a":1}]', [{ a: 1 }]],
    ['inside a structure', { x: ['{"a":1}'] }, { x: [{ a: 1 }] }],
    ['inside JSON text', JSON.stringify({ a: JSON.stringify({ b: 1 }) }), { a: { b: 1 } }],
    [
      'joined, with a value inside a text',
      { 'Fn::Join': ['', ['{"a":"x-', { Ref: 'R' }, '-y"}']] },
      { a: marked('x-', { atom: 'R' }, '-y') },
    ],
    [
      'joined, with a value that is no text',
      { 'Fn::Join': ['', ['{"a":', { Ref: 'R' }, ',"b":2}']] },
      { a: marked({ atom: 'R' }), b: 2 },
    ],
    [
      'joined, with several values',
      { 'Fn::Join': ['', ['["', { Ref: 'A' }, '","\\"', { Ref: 'B' }, '"]']] },
      [marked({ atom: 'A' }), marked('"', { atom: 'B' })],
    ],
    ['joined, with a value in a key', { 'Fn::Join': ['', ['{"', { Ref: 'K' }, '":1}']] }, { '<K>': 1 }],
    ['substituted', { 'Fn::Sub': '{"a":"${R.Arn}"}' }, { a: marked({ atom: 'R.Arn' }) }],
    ['made by Fn::ToJsonString', { 'Fn::ToJsonString': { a: ['{"b":1}'] } }, { a: [{ b: 1 }] }],
    [
      'joined, inside JSON text',
      { 'Fn::Join': ['', ['{"a":"{\\"b\\":\\"', { Ref: 'R' }, '\\"}"}']] },
      { a: { b: marked({ atom: 'R' }) } },
    ],
  ])('%s', (_, value, expected) => {
    expect(unfolded(value, read)).toEqual(expected);
  });
});

describe('what is no JSON text stays as it is', () => {
  test.each<[string, unknown]>([
    ['a text', 'hello'],
    ['a text that only begins like JSON', '{"a":'],
    ['a join that only begins like JSON', { 'Fn::Join': ['', ['{', { Ref: 'R' }]] }],
    ['a join that begins with a value', { 'Fn::Join': ['', [{ Ref: 'R' }, '{"a":1}']] }],
    ['another function', { 'Fn::Select': [0, ['a']] }],
    ['a number', 1],
    ['nothing', null],
  ])('%s', (_, value) => {
    expect(unfolded(value, read)).toEqual(value);
  });
});
