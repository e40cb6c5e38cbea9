import { expect, test } from '@jest/globals';
import { withoutLoops } from '../../../lib/access/app/loops';

const topic = (name: unknown): object => ({ Type: 'AWS::SNS::Topic', Properties: { TopicName: name } });

test.each<[string, object, object]>([
  [
    'a list of names',
    { 'Fn::ForEach::Topics': ['Name', ['Paid', 'Lost'], { 'Topic${Name}': topic({ Ref: 'Name' }) }] },
    { TopicPaid: topic('Paid'), TopicLost: topic('Lost') },
  ],
  [
    'names inside texts, in Fn::Sub as well, and what is escaped',
    {
      'Fn::ForEach::Topics': [
        'Name',
        ['Paid'],
        { 'Topic${Name}': topic({ 'Fn::Sub': 'a-${Name}-${!Name}-${AWS::Region}' }) },
      ],
    },
    { TopicPaid: topic({ 'Fn::Sub': 'a-Paid-${!Name}-${AWS::Region}' }) },
  ],
  [
    'letters and digits of a name',
    { 'Fn::ForEach::Topics': ['Range', ['10.0.0.0/16'], { 'Topic&{Range}': topic('${Range}') }] },
    { Topic1000016: topic('10.0.0.0/16') },
  ],
  [
    'the default of a list parameter',
    { 'Fn::ForEach::Topics': ['Name', { Ref: 'Names' }, { '${Name}Topic': topic('x') }] },
    { ATopic: topic('x'), BTopic: topic('x') },
  ],
  [
    'a list in a mapping',
    { 'Fn::ForEach::Topics': ['Name', { 'Fn::FindInMap': ['Stages', 'prod', 'Names'] }, { '${Name}': topic('x') }] },
    { P: topic('x'), Q: topic('x') },
  ],
  [
    'a loop in a loop',
    {
      'Fn::ForEach::Stages': [
        'Stage',
        ['prod', 'test'],
        {
          'Fn::ForEach::Topics': [
            'Name',
            { 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'Names'] },
            { '${Stage}${Name}': topic('${Stage}/${Name}') },
          ],
        },
      ],
    },
    { prodP: topic('prod/P'), prodQ: topic('prod/Q'), testT: topic('test/T') },
  ],
  [
    'the items of the outer loop as those of the inner one',
    {
      'Fn::ForEach::A': [
        'Outer',
        ['x'],
        { 'Fn::ForEach::B': ['Inner', [{ Ref: 'Outer' }, 'y'], { '${Inner}': topic('z') }] },
      ],
    },
    { x: topic('z'), y: topic('z') },
  ],
  [
    'properties',
    {
      Topic: {
        Type: 'AWS::SNS::Topic',
        Properties: { 'Fn::ForEach::P': ['Name', ['Topic', 'Display'], { '${Name}Name': 'a' }] },
      },
    },
    { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'a', DisplayName: 'a' } } },
  ],
  [
    'resources beside it, as they are',
    { Other: topic({ Ref: 'Name' }), 'Fn::ForEach::Topics': ['Name', ['Paid'], { 'Topic${Name}': topic('x') }] },
    { Other: topic({ Ref: 'Name' }), TopicPaid: topic('x') },
  ],
])('%s', (_, resources, expected) => {
  const body = {
    Parameters: { Names: { Type: 'CommaDelimitedList', Default: 'A, B' } },
    Mappings: { Stages: { prod: { Names: ['P', 'Q'] }, test: { Names: ['T'] } } },
    Resources: resources,
  };
  expect(withoutLoops({ name: 'app', body }).body.Resources).toEqual(expected);
});

test.each<[string, unknown]>([
  ['a list that nobody knows', ['Name', { Ref: 'Names' }, { 'Topic${Name}': topic('x') }]],
  ['a parameter that is no list', ['Name', { Ref: 'Text' }, { 'Topic${Name}': topic('x') }]],
  ['an item that only the deployment knows', ['Name', [{ Ref: 'AWS::Region' }], { 'Topic${Name}': topic('x') }]],
  ['a key without the item', ['Name', ['a'], { Topic: topic('x') }]],
  ['no fragment', ['Name', ['a']]],
  ['no list at all', 'a'],
  [
    'more items than a template has resources',
    ['Name', Array.from({ length: 501 }, (_, index) => `n${index}`), { '${Name}': {} }],
  ],
])('%s leaves the loop where it is', (_, loop) => {
  const body = {
    Parameters: { Names: { Type: 'CommaDelimitedList' }, Text: { Type: 'String', Default: 'a' } },
    Resources: { 'Fn::ForEach::Topics': loop },
  };
  expect(withoutLoops({ name: 'app', body }).body.Resources).toEqual(body.Resources);
});

test('loops in loops end where too much would come of them', () => {
  const loop = (depth: number): object =>
    depth === 0
      ? { 'X${I0}': {} }
      : {
          [`Fn::ForEach::L${depth}`]: [
            `I${depth}`,
            Array.from({ length: 400 }, (_, index) => `a${index}`),
            loop(depth - 1),
          ],
        };
  const { body } = withoutLoops({ name: 'app', body: { Resources: loop(8) } });
  expect(JSON.stringify(body)).toContain('Fn::ForEach');
});

test('a template without loops is not touched', () => {
  const template = { name: 'app', body: { Resources: { Topic: topic('x') } } };
  expect(withoutLoops(template)).toBe(template);
  const told = {
    name: 'app',
    body: { Resources: { 'Fn::ForEach::A': ['B', ['c'], { '${B}': {} }] } },
    callsMacros: false,
  };
  expect(withoutLoops(told)).toBe(told);
});
