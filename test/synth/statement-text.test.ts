import { text } from '../../lib/policy/document/text';
import { cfnText, type NameScope } from '../../lib/synth/cfn-text';
import { readDocument } from '../../lib/synth/statement-text';

const names: NameScope = {
  ref: (name) => text({ atom: name }),
  attribute: (id, attribute) => text({ atom: `${id}.${attribute}` }),
  importValue: () => text({ atom: 'import' }),
};
const readWhole = (document: unknown) => readDocument(document, (value) => cfnText(value, names));
const read = (document: unknown) =>
  readWhole(
    typeof document === 'object' && document !== null && 'Statement' in document
      ? { Version: '2012-10-17', ...document }
      : document,
  );
const allow = (extra: object = {}): object => ({ Effect: 'Allow', Action: 'a:B', Resource: '*', ...extra });
const statementOf = (extra: object): unknown => read({ Statement: allow(extra) })[0];

describe('a policy document', () => {
  test('is read as its statements, one or many', () => {
    const one = {
      statement: { effect: 'Allow', actions: [['a:B']], resources: [['*']], conditions: [] },
      principals: [],
    };
    expect(read({ Statement: allow() })).toEqual([one]);
    expect(read({ Statement: [allow(), allow()] })).toEqual([one, one]);
  });

  test('of the older version says so in its statements: what looks like a policy variable is text there', () => {
    const versionIn = (version: object): unknown => readWhole({ Statement: allow(), ...version })[0];
    expect(versionIn({})).toMatchObject({ statement: { version: '2008-10-17' } });
    expect(versionIn({ Version: '2008-10-17' })).toMatchObject({ statement: { version: '2008-10-17' } });
    expect(versionIn({ Version: '2012-10-17' })).not.toHaveProperty('statement.version');
    expect(versionIn({ Version: { Ref: 'Version' } })).toEqual({
      unreadable: "the document's Version is only known at deployment",
    });
  });

  test('is read on both sides of every Fn::If', () => {
    const nothing = { Ref: 'AWS::NoValue' };
    expect(read({ 'Fn::If': ['C', { Statement: allow() }, { Statement: [allow(), allow()] }] })).toHaveLength(3);
    expect(read({ Statement: { 'Fn::If': ['C', [allow(), allow()], nothing] } })).toHaveLength(2);
    expect(
      read({ Statement: [allow(), { 'Fn::If': ['C', nothing, { 'Fn::If': ['D', allow(), allow()] }] }] }),
    ).toHaveLength(3);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'x'],
    ['no statement', {}],
    ['a function', { 'Fn::Transform': {} }],
    ['nothing on purpose', { Ref: 'AWS::NoValue' }],
  ])('is unreadable when it is %s', (_, document) => {
    expect(read(document)).toEqual([{ unreadable: 'the document has no readable Statement' }]);
  });

  test.each<[string, unknown]>([
    ['is a text', 'x'],
    ['is a function', { Ref: 'S' }],
    ['has an effect in other letters', allow({ Effect: 'allow' })],
    ['names no action', { Effect: 'Allow', Resource: '*' }],
    ['has conditions by a function', allow({ Condition: { 'Fn::If': ['C', {}, {}] } })],
    ['has conditions that are a text', allow({ Condition: 'x' })],
    ['has an operator whose keys are a text', allow({ Condition: { StringEquals: 'x' } })],
  ])('has an unreadable statement when that %s', (_, statement) => {
    expect(read({ Statement: [statement] })[0]).toHaveProperty('unreadable');
  });
});

describe('principals', () => {
  test.each<[string, object, unknown[]]>([
    [
      'of all kinds',
      { Principal: { AWS: ['a', { Ref: 'R' }], Service: 's', Federated: 'f' } },
      [['a'], [{ atom: 'R' }], ['s'], ['f']],
    ],
    ['that are everybody', { Principal: '*' }, [['*']]],
    ['that are everybody but a list', { NotPrincipal: { AWS: 'x' } }, [['*']]],
    ['that are a list', { Principal: ['a', 'b'] }, [['a'], ['b']]],
    ['that are a function', { Principal: { Ref: 'P' } }, [[{ atom: 'P' }]]],
    ['that are none', {}, []],
  ])('%s', (_, extra, principals) => {
    expect(statementOf(extra)).toMatchObject({ principals });
  });
});

test('NotAction, NotResource, Sid and conditions are kept', () => {
  const document = {
    Statement: {
      Sid: 'S',
      Effect: 'Deny',
      NotAction: ['a:B'],
      NotResource: 'r',
      Condition: { StringEquals: { k: ['v', { Ref: 'R' }], l: 'w' } },
    },
  };
  expect(read(document)).toEqual([
    {
      statement: {
        sid: 'S',
        effect: 'Deny',
        notActions: [['a:B']],
        notResources: [['r']],
        conditions: [
          { operator: 'StringEquals', key: 'k', values: [['v'], [{ atom: 'R' }]] },
          { operator: 'StringEquals', key: 'l', values: [['w']] },
        ],
      },
      principals: [],
    },
  ]);
});
