import { AppModel } from '../../lib/access/app/app-model';
import { CATALOGUE } from '../../lib/checks/catalogue';
import { checkSettings } from '../../lib/checks/check-settings';
import type { Finding } from '../../lib/checks/finding';
import { runRules } from '../../lib/checks/run-rules';
import { type RandomSource, randomFrom } from '../policy/random';
import { CASE_DATE, checkCases, templatesOf } from './check-cases';

const check = (body: unknown): Finding[] =>
  runRules(
    CATALOGUE,
    new AppModel([{ name: 'app', body: body as Record<string, unknown> }]),
    checkSettings({ date: CASE_DATE }),
  );
const failures = (findings: readonly Finding[]) => findings.filter(({ id }) => id.endsWith('-failed'));

const ODD: readonly unknown[] = [
  null,
  true,
  0,
  -1.5,
  '',
  '*',
  '${',
  '${AWS::AccountId}',
  [],
  [[]],
  {},
  { Ref: 'AgentRole' },
  { Ref: 7 },
  { Ref: 'AWS::NoValue' },
  { 'Fn::GetAtt': ['AgentRole'] },
  { 'Fn::GetAtt': 'AgentRole' },
  { 'Fn::If': ['C', '*'] },
  { 'Fn::If': ['C', { Ref: 'AWS::NoValue' }, { 'Fn::If': ['D', '*', []] }] },
  { 'Fn::Join': ['', 'x'] },
  { 'Fn::Join': [':', { 'Fn::Split': [':', 'a:b:c'] }] },
  { 'Fn::Select': [9, []] },
  { 'Fn::FindInMap': ['No', 'No', 'No'] },
  { 'Fn::Sub': ['${a}${b}', { a: { Ref: 'b' } }] },
  { 'Fn::ImportValue': { 'Fn::Sub': '${AWS::StackName}-x' } },
  { 'Fn::Transform': { Name: 'AWS::Include' } },
  { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
  '{"Statement":{"Effect":"Allow"',
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1, "toString": "x"}'),
];

/** A copy of a template with one value deleted, replaced by an odd one, or moved to where another stood. */
function mutated(template: unknown, random: RandomSource): unknown {
  const copy = structuredClone(template);
  const places: { holder: Record<string, unknown>; key: string }[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) {
      for (const key of Object.keys(value)) {
        places.push({ holder: value as Record<string, unknown>, key });
        collect((value as Record<string, unknown>)[key]);
      }
    }
  };
  collect(copy);
  for (let changes = 1 + random.length(3); changes > 0 && places.length > 0; changes--) {
    const place = places[random.length(places.length)];
    const other = places[random.length(places.length)];
    if (place && other) {
      const kind = random.length(4);
      if (kind === 0 && !Array.isArray(place.holder)) {
        delete place.holder[place.key];
      } else {
        place.holder[place.key] =
          kind === 1 ? structuredClone(other.holder[other.key]) : ODD[random.length(ODD.length)];
      }
    }
  }
  return copy;
}

test('mutated templates end in findings, and no rule fails', () => {
  const random = randomFrom('checks of mutated templates');
  const bodies = checkCases().flatMap(({ violating, clean }) =>
    [...violating, ...clean].flatMap(templatesOf).map(({ body }) => body),
  );
  const runs = Number(process.env.MUTANTS ?? 400);
  for (let run = 0; run < runs; run++) {
    const body = mutated(bodies[random.length(bodies.length)], random);
    const failed = failures(check(body));
    if (failed.length > 0) {
      throw new Error(`${JSON.stringify(failed.map(({ message }) => message))}\n${JSON.stringify(body)}`);
    }
  }
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

const trust = {
  Statement: [{ Effect: 'Allow', Principal: { Service: 'bedrock.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const roleWith = (Policies: unknown, more: object = {}) => ({
  ...more,
  Resources: { AgentRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust, Policies } } },
});

describe('templates that nobody should write', () => {
  const nested = (levels: number, leaf: unknown, wrap: (inner: unknown) => unknown): unknown => {
    let value = leaf;
    for (let level = 0; level < levels; level++) {
      value = wrap(value);
    }
    return value;
  };
  const policy = (Action: unknown) => [{ PolicyDocument: { Statement: { Effect: 'Allow', Action, Resource: '*' } } }];

  test.each<[string, unknown]>([
    ['deep branches', roleWith(policy(nested(500, 's3:GetObject', (inner) => ({ 'Fn::If': ['C', inner, 's3:*'] }))))],
    ['deep joins', roleWith(policy(nested(500, 'x', (inner) => ({ 'Fn::Join': ['', [inner, 'x']] }))))],
    ['deep lists', roleWith(policy(nested(3000, 'x', (inner) => [inner])))],
    ['deep objects', roleWith(nested(3000, 'x', (inner) => ({ a: inner })))],
    [
      'many branches in one text',
      roleWith(policy({ 'Fn::Join': ['', Array.from({ length: 60 }, (_, i) => ({ 'Fn::If': ['C', `${i}`, 'b'] }))] })),
    ],
    [
      'a parameter that is its own default',
      roleWith(policy({ Ref: 'P' }), { Parameters: { P: { Type: 'String', Default: { Ref: 'P' } } } }),
    ],
    [
      'exports that import each other',
      {
        ...roleWith(policy({ 'Fn::ImportValue': 'a' })),
        Outputs: {
          A: { Value: { 'Fn::ImportValue': 'b' }, Export: { Name: 'a' } },
          B: { Value: { 'Fn::ImportValue': 'a' }, Export: { Name: 'b' } },
        },
      },
    ],
    [
      'an export named by itself',
      { ...roleWith([]), Outputs: { A: { Value: 'x', Export: { Name: { 'Fn::ImportValue': 'a' } } } } },
    ],
    [
      'wildcards without end',
      roleWith([
        {
          PolicyDocument: {
            Statement: {
              Effect: 'Allow',
              Action: `s3:${'*a'.repeat(2000)}`,
              Resource: `arn:aws:s3:::${'*?'.repeat(2000)}`,
            },
          },
        },
      ]),
    ],
  ])('%s', (_, body) => {
    expect(failures(check(body))).toEqual([]);
  });

  test('5 MB of statements', () => {
    const Statement = Array.from({ length: 20_000 }, (_, index) => ({
      Sid: `S${index}`,
      Effect: index % 3 === 0 ? 'Deny' : 'Allow',
      Action: ['s3:GetObject', `dynamodb:Get${index % 7}*`],
      Resource: [
        `arn:aws:s3:::bucket-${index}/*`,
        `arn:aws:dynamodb:eu-west-1:111122223333:table/t${index}-with-a-rather-long-name`,
      ],
      Condition: { StringEquals: { 'aws:PrincipalTag/team': `t${index}` } },
    }));
    expect(failures(check(roleWith([{ PolicyDocument: { Version: '2012-10-17', Statement } }])))).toEqual([]);
  });
});
