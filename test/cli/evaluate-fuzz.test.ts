import { join } from 'node:path';
import { randomFrom } from '../policy/random';
import { type ProgramRun, runWithInput } from './run-program';

const { length, pick } = randomFrom('bad input');
const some = <T>(items: readonly T[]): T => items[length(items.length)] as T;

/** How long one file may take. The machines of CI are slow; what must not happen is minutes. */
const PATIENCE_MS = 15_000;

const ROLE = 'arn:aws:iam::111122223333:role/Claims';
const KEYS = [
  ...[
    'policies',
    'request',
    'identity',
    'boundary',
    'session',
    'resource',
    'scp',
    'rcp',
    'Version',
    'Statement',
    'Sid',
  ],
  ...[
    'Effect',
    'Action',
    'NotAction',
    'Resource',
    'NotResource',
    'Principal',
    'NotPrincipal',
    'Condition',
    'AWS',
    'atom',
  ],
  ...[
    'StringLike',
    'ForAllValues:StringEquals',
    'Null',
    'NumericLessThan',
    'DateLessThan',
    'IpAddress',
    'BinaryEquals',
  ],
  ...['aws:SourceIp', 'aws:TagKeys', 'action', 'principal', 'context', 'resourceAccount', 'length', 'toJSON', 'then'],
  ...['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'valueOf', '', '\u0000', '0'],
];
const TEXTS = [
  ...['*', '?', 's3:GetObject', 's3:*', 'Allow', 'Deny', '2012-10-17', '2008-10-17', ROLE, 'arn:aws:s3:::claims/*'],
  ...[
    '${aws:username}',
    '${',
    "${aws:x,'y'}",
    '${*}',
    '111122223333',
    '10.0.0.0/8',
    '::/0',
    '2026-11-20T00:00:00Z',
    '-1e999',
  ],
  ...[
    '__proto__',
    'arn:::::',
    'arn:aws:iam::111122223333:root',
    '{"Statement":[]}',
    '\ud800',
    '\u{1f600}',
    'AAAA=',
    'true',
  ],
];

function randomValue(depth: number): unknown {
  switch (length(depth > 0 ? 9 : 6)) {
    case 0:
      return some([null, true, false, 0, -1, 1e308, 0.1]);
    case 1:
      return pick('*?${}:/.-aA0"\\\u0000é', length(20));
    case 6:
      return Array.from({ length: length(5) }, () => randomValue(depth - 1));
    case 7:
    case 8:
      return randomObject(Array.from({ length: length(6) }, () => [some(KEYS), randomValue(depth - 1)]));
    default:
      return some(TEXTS);
  }
}

/** An object with these as its own keys, whatever their names. */
function randomObject(entries: readonly (readonly [string, unknown])[]): unknown {
  return JSON.parse(`{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`);
}

const GOOD_FILE = join(__dirname, '..', 'cases', 'measure', 'identity.json');

const GOOD = {
  policies: {
    identity: [
      {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['s3:Get*'],
            Resource: 'arn:aws:s3:::claims/*',
            Condition: { StringLike: { 'aws:x': ['a*'] } },
          },
        ],
      },
    ],
    resource: { Statement: { Effect: 'Deny', Principal: { AWS: ROLE }, Action: '*', Resource: '*' } },
    scp: [[{ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }]],
  },
  request: { principal: ROLE, action: 's3:GetObject', resource: 'arn:aws:s3:::claims/a', context: { 'aws:x': ['ab'] } },
};

/** The value with one part of it, at a random place, replaced by something random. */
function damaged(value: unknown): unknown {
  if (length(4) === 0 || typeof value !== 'object' || value === null) {
    return randomValue(3);
  }
  if (Array.isArray(value)) {
    const at = length(value.length);
    return value.map((item, index) => (index === at ? damaged(item) : item));
  }
  const entries = Object.entries(value);
  const at = length(entries.length);
  const kept = entries.map(([key, item], index): [string, unknown] => [
    index === at && length(5) === 0 ? some(KEYS) : key,
    index === at ? damaged(item) : item,
  ]);
  return randomObject(length(5) === 0 ? [...kept, [some(KEYS), randomValue(2)]] : kept);
}

function run(input: string | Buffer, ...args: string[]): ProgramRun {
  const start = Date.now();
  const done = runWithInput(input, 'evaluate', '-', ...args);
  expect(Date.now() - start).toBeLessThan(PATIENCE_MS);
  const message = /^least-agency: (standard input(:\d+:\d+)?|can't read standard input): /;
  const { code, err } = done;
  const fine = code === 0 ? err === '' : code === 3 && message.test(err);
  expect({ input: fine ? '' : String(input).slice(0, 2000), fine, ...done }).toMatchObject({ fine: true });
  return done;
}

function answersTo(input: string): Record<string, unknown>[] {
  const { code, out } = run(input, '--json');
  expect({ input: input.slice(0, 2000), code }).toMatchObject({ code: 0 });
  const answers = JSON.parse(out);
  for (const answer of answers.slice(0, 1000)) {
    const wanted =
      'error' in answer ? { error: expect.any(String) } : { decision: expect.any(String), because: expect.any(Array) };
    expect(answer).toEqual(wanted);
    expect(answer.error ?? '.').not.toMatch(/undefined|\[object|TypeError|is not a function|Cannot read/);
  }
  return answers;
}

test('wrong types everywhere: each case has an answer, and the good ones beside it are decided', () => {
  let decided = 0;
  for (let round = 0; round < 100; round++) {
    const cases = [GOOD, ...Array.from({ length: 20 }, () => (length(8) === 0 ? randomValue(5) : damaged(GOOD))), GOOD];
    const answers = answersTo(JSON.stringify(cases));
    expect(answers).toHaveLength(cases.length);
    expect([answers[0]?.decision, answers.at(-1)?.decision]).toEqual(['ExplicitlyDenied', 'ExplicitlyDenied']);
    decided += answers.filter(({ decision }) => decision !== undefined).length;
    run(JSON.stringify(cases));
  }
  expect(decided).toBeGreaterThan(220);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('JSON that ends early, or has a wrong byte: the line and the column, or an answer', () => {
  const whole = Buffer.from(JSON.stringify([GOOD, GOOD], undefined, 1));
  for (let round = 0; round < 800; round++) {
    const bytes = Buffer.from(whole.subarray(0, length(2) === 0 ? length(whole.length) : whole.length));
    for (let change = length(4); change > 0 && bytes.length > 0; change--) {
      bytes[length(bytes.length)] = length(256);
    }
    run(bytes, '--json');
  }
});

test('keys that could change prototypes change nothing', () => {
  const evil = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
  const policies = `{"identity":[{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":${evil}}}]}]}`;
  const context = '{"__proto__":"x","aws:x":"y"}';
  const answers = answersTo(
    `[${evil},{"policies":${evil},"request":${evil}},{"policies":${policies},"request":{"action":"a:b","context":${context}}},` +
      `{"policies":{"identity":{"__proto__":{"Statement":[]}}},"request":{"action":"a:b"}}]`,
  );
  expect(answers.every(({ error }) => typeof error === 'string')).toBe(true);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('a comparison of what cannot be read is bad input, never a crash', () => {
  for (let round = 0; round < 1000; round++) {
    const type = some(['identity', 'trust', 'resource']);
    const value = some<() => unknown>([
      () => damaged(GOOD.policies),
      () => damaged(GOOD.policies.identity[0]),
      () => damaged({ identity: GOOD.policies.identity, boundary: null }),
      () => randomValue(5),
    ])();
    const { code, err } = runWithInput(JSON.stringify(value), 'compare', '-', GOOD_FILE, '--type', type);
    const fine = code === 0 || code === 2 ? err === '' : code === 3 && err.startsWith('least-agency: ');
    expect({ value: fine ? '' : value, type, fine, code, err }).toMatchObject({ fine: true });
  }
});

test('a pattern is expanded or refused, never a crash', () => {
  for (let round = 0; round < 150; round++) {
    const { code, err } = runWithInput('', 'expand', '--', pick('s3iam:*?-GP.etO\u0000 ', 1 + length(12)));
    expect([0, 3]).toContain(code);
    expect(err === '' || /^least-agency: '.* is no pattern of Action/s.test(err)).toBe(true);
  }
});

const statement = (index: number) => ({
  Effect: 'Allow',
  Action: `s3:Get${index}`,
  Resource: `arn:aws:s3:::b/${index}/*`,
});
const asking = (identity: unknown, more: object = {}) => ({
  policies: { identity },
  request: { ...GOOD.request, ...more },
});
const wrong = 'x'.repeat(150);
const repeated = (count: number, item: (index: number) => unknown) =>
  Array.from({ length: count }, (_, index) => item(index));
const keyed = (count: number, prefix: string) =>
  Object.fromEntries(repeated(count, (index) => [`${prefix}${index}`, 'x']) as [string, string][]);

test.each<[string, () => string]>([
  ['100,000 statements', () => JSON.stringify(asking({ Statement: repeated(100_000, statement) }))],
  ['10,000 policies', () => JSON.stringify(asking(repeated(10_000, (index) => ({ Statement: statement(index) }))))],
  [
    'a text of 10 MB',
    () => JSON.stringify(asking({ Statement: { ...statement(0), Resource: '*a'.repeat(5_000_000) } })),
  ],
  [
    'a policy of 10 MB as JSON text',
    () => JSON.stringify(asking(JSON.stringify({ Statement: repeated(100_000, statement) }))),
  ],
  [
    '10 MB of patterns',
    () =>
      JSON.stringify(
        asking(
          { Statement: { ...statement(0), Action: repeated(100_000, () => `s3:${'*a'.repeat(45)}`) } },
          { action: `s3:${'a'.repeat(2000)}` },
        ),
      ),
  ],
  [
    'a context of 10 MB',
    () => JSON.stringify(asking({ Statement: statement(0) }, { context: { 'aws:x': 'a'.repeat(10_000_000) } })),
  ],
  [
    'many values against many values',
    () =>
      JSON.stringify(
        asking(
          {
            Statement: {
              ...statement(0),
              Action: '*',
              Resource: '*',
              Condition: { 'ForAllValues:StringNotEquals': { 'aws:x': repeated(100_000, String) } },
            },
          },
          { context: { 'aws:x': repeated(20_000, (index) => `v${index}`) } },
        ),
      ),
  ],
  [
    '100,000 unknown elements',
    () => JSON.stringify(asking({ Statement: { ...statement(0), ...keyed(100_000, wrong) } })),
  ],
  [
    '100,000 unknown operators',
    () => JSON.stringify(asking({ Statement: { ...statement(0), Condition: keyed(100_000, wrong) } })),
  ],
  ['100,000 unknown layers', () => JSON.stringify({ policies: keyed(100_000, wrong), request: {} })],
  ['100,000 cases that are none', () => JSON.stringify(repeated(100_000, (index) => ({ [`policie${index}`]: 1 })))],
  ['a million lists in each other', () => `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`],
  [
    'a statement a million objects deep',
    () =>
      `{"policies":{"identity":{"Statement":${'{"Condition":'.repeat(1_000_000)}1${'}'.repeat(1_000_000)}}},"request":{"action":"a:b"}}`,
  ],
  [
    'a resource that is nested deep',
    () =>
      `{"policies":{"identity":{"Statement":{"Effect":"Allow","Action":"*","Resource":${'['.repeat(500_000)}1${']'.repeat(500_000)}}}},"request":{"action":"a:b"}}`,
  ],
])('%s: an answer in bounded time', (_, input) => {
  expect(answersTo(input()).length).toBeGreaterThan(0);
});
