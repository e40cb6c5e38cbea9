import { describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { InputError } from '../../lib/cli/input-error';
import { yamlIn } from '../../lib/cli/yaml-template';
import { checkCases, templatesOf } from '../checks/check-cases';
import { runProgram, runWithInput } from './run-program';
import { temporaryFiles } from './temporary-files';

const file = temporaryFiles();

test.each<[string, string, unknown]>([
  ['a reference', '!Ref Role', { Ref: 'Role' }],
  ['a condition', '!Condition IsProd', { Condition: 'IsProd' }],
  ['an attribute', '!GetAtt Role.Arn', { 'Fn::GetAtt': ['Role', 'Arn'] }],
  ['an attribute with a dot', '!GetAtt Child.Outputs.RoleArn', { 'Fn::GetAtt': ['Child', 'Outputs.RoleArn'] }],
  ['an attribute as a list', '!GetAtt [Role, Arn]', { 'Fn::GetAtt': ['Role', 'Arn'] }],
  ['a text', "!Sub '${Bucket.Arn}/*'", { 'Fn::Sub': '${Bucket.Arn}/*' }],
  ['a text with values', "!Sub ['${A}', {A: !Ref B}]", { 'Fn::Sub': ['${A}', { A: { Ref: 'B' } }] }],
  [
    'functions in functions',
    "!Join ['', [a, !Select [0, !Split [b, !ImportValue c]]]]",
    {
      'Fn::Join': ['', ['a', { 'Fn::Select': ['0', { 'Fn::Split': ['b', { 'Fn::ImportValue': 'c' }] }] }]],
    },
  ],
  [
    'a choice',
    '!If [IsProd, !Ref A, !Ref AWS::NoValue]',
    { 'Fn::If': ['IsProd', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] },
  ],
  ['an include', '!Transform {Name: AWS::Include}', { 'Fn::Transform': { Name: 'AWS::Include' } }],
  ['a function in its long form', '{Fn::Sub: a}', { 'Fn::Sub': 'a' }],
  ['a day, an account and a word', '[2012-10-17, 012345678901, no]', ['2012-10-17', '012345678901', 'no']],
  ['nothing', '[~, null, ]', [null, null]],
  ['an anchor and its alias', '[&a {x: y}, *a]', [{ x: 'y' }, { x: 'y' }]],
])('%s', (_, written, expected) => {
  expect(yamlIn(`A: ${written}`, 'a.yaml')).toEqual({ A: expected });
});

test.each<[string, string, string]>([
  ['a list that does not end', 'a: [1\nb: 2', 'a.yaml:2:1: no valid YAML: Flow sequence'],
  ['a key twice', 'a: 1\na: 2', 'a.yaml:2:1: no valid YAML: Map keys must be unique'],
  ['two documents', 'a: 1\n---\nb: 2', 'no valid YAML: Source contains multiple documents'],
  ['an alias of nothing', 'a: *b', 'no valid YAML: Unresolved alias'],
  ['too many lists in lists', '['.repeat(50_000), 'no valid YAML: it is nested too deeply'],
  [
    'aliases that grow without end',
    `a: &a [x,x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 12 }, (_, step) => {
      const [from, to] = [97 + step, 98 + step].map((code) => String.fromCharCode(code));
      return `${to}: &${to} [${Array.from({ length: 10 }, () => `*${from}`).join(',')}]`;
    }).join('\n')}`,
    'no valid YAML: Excessive alias count',
  ],
])('%s is one error that says where', (_, text, message) => {
  expect(() => yamlIn(text, 'a.yaml')).toThrow(InputError);
  expect(() => yamlIn(text, 'a.yaml')).toThrow(message);
});

/** Words are texts in YAML templates. */
function inWords(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === 'number' || typeof part === 'boolean' ? String(part) : part,
  );
}

test.each(checkCases().map((cases) => [cases.rule, cases] as const))('the templates of %s say the same', (_, cases) => {
  for (const given of [...cases.violating, ...cases.clean].slice(0, 12)) {
    for (const { body } of templatesOf(given)) {
      expect(yamlIn(stringify(body), 'a.yaml')).toEqual(inWords(body));
    }
  }
});

describe('check', () => {
  const YAML = `# An agent
Resources:
  # Its role
  AgentRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          Effect: Allow
          Principal: {AWS: '*'}
          Action: sts:AssumeRole
      Tags: [{Key: PrincipalType, Value: Agent}]
`;

  test.each<[string, string]>([
    ['by its name', 'template.yaml'],
    ['by its first letter', 'claims.template'],
  ])('reads YAML, known %s, and says the line', (_, name) => {
    const { code, out } = runProgram('check', file(name, YAML), '--date', '2026-11-20');
    expect(code).toBe(2);
    expect(out).toMatch(/^error {2}trust-public {2}AgentRole$/m);
    expect(out).toContain(`${name}:4 (AgentRole)`);
  });

  test.each<[string, string]>([
    ['words', 'no template'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    const { code, err } = runProgram('check', file('claims.template', text));
    expect(code).toBe(3);
    expect(err).toContain('is no CloudFormation template: it has no object');
  });

  test('reads YAML from standard input', () => {
    const { code, out } = runWithInput(YAML, 'check', '-', '--date', '2026-11-20');
    expect(code).toBe(2);
    expect(out).toContain('trust-public');
  });
});
