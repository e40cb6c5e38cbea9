import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram, runWithInput } from './run-program';
import { temporaryFiles } from './temporary-files';

const file = temporaryFiles();

const ROLE = 'arn:aws:iam::111122223333:role/agents/Claims';
const OBJECT = 'arn:aws:s3:::claims/a.pdf';
const allow = (action: string, resource: unknown = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'Given', Effect: 'Allow', Action: action, Resource: resource }],
});
const READ = {
  policies: { identity: [allow('s3:GetObject', 'arn:aws:s3:::claims/*')] },
  request: { principal: ROLE, action: 's3:GetObject', resource: OBJECT },
};

function answers(input: unknown): unknown {
  const { code, out, err } = runWithInput(JSON.stringify(input), 'evaluate', '-', '--json');
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out);
}

test('one case is answered by a list of one', () => {
  expect(answers(READ)).toEqual([{ decision: 'Allowed', because: ['identity[0].Statement[0] (Sid Given) allows'] }]);
});

test('a list of cases is answered in its order, by one line a case', () => {
  const { out } = runProgram('evaluate', file('cases.json', [READ, READ]), '--json');
  expect(out.split('\n')).toHaveLength(4);
  expect(JSON.parse(out)).toHaveLength(2);
  expect(answers([])).toEqual([]);
});

test('what cannot be decided is an entry with an error, between entries that are decided', () => {
  expect(answers([READ, 7, READ])).toEqual([
    expect.objectContaining({ decision: 'Allowed' }),
    { error: 'a case must be an object with policies and a request, got number.' },
    expect.objectContaining({ decision: 'Allowed' }),
  ]);
});

test.each<[string, unknown, string]>([
  ['no policies', { request: READ.request }, "a case must have 'policies'."],
  ['misspelt policies', { polices: {}, request: {} }, "a case must have 'policies'; 'polices' is not it."],
  ['no request', { policies: {} }, "a case must have 'request'."],
  [
    'policies as a list',
    { ...READ, policies: [] },
    'policies: must be a map such as {"identity": []}, got an empty list.',
  ],
  [
    'a misspelt layer',
    { ...READ, policies: { identiy: [] } },
    "policies: unknown element 'identiy'; did you mean identity?; there is identity, boundary, session, resource, scp, rcp.",
  ],
  ['an unknown layer that objects have', { ...READ, policies: { constructor: [] } }, "unknown element 'constructor'"],
  [
    'a policy with a mistake',
    { ...READ, policies: { identity: [allow('s3:GetObject'), { Statement: [{ Effect: 'allow' }] }] } },
    'policies.identity[1].Statement[0]: has neither Resource nor NotResource. (and 2 more)',
  ],
  [
    'a mistake on the second level of service control policies',
    { ...READ, policies: { scp: [allow('*'), [allow('*'), {}]] } },
    'policies.scp[1][1]: The policy has no Statement.',
  ],
  [
    'a request without an action',
    { ...READ, request: {} },
    'request.action: is missing; a request is about one action',
  ],
  ['a request that is null', { ...READ, request: null }, 'request: A request must be an object, got null.'],
  ['an action that is a number', { ...READ, request: { action: 7 } }, 'request.action: must be a string'],
  ['an action with a wildcard', { ...READ, request: { action: 's3:*' } }, "request.action: 's3:*' is no action"],
  [
    'a misspelt element of the request',
    { ...READ, request: { ...READ.request, resouce: OBJECT } },
    "request.unknown element 'resouce'",
  ],
  [
    'a principal that is none',
    { ...READ, request: { ...READ.request, principal: 'Claims' } },
    "request.principal: 'Claims' is no principal",
  ],
  ['an empty resource', { ...READ, request: { ...READ.request, resource: '' } }, 'request.resource: must be a string'],
  [
    'an account with eleven digits',
    { ...READ, request: { ...READ.request, resourceAccount: '11112222333' } },
    "request.resourceAccount: '11112222333' is no account; an account has 12 digits.",
  ],
  [
    'an account that is a number',
    { ...READ, request: { ...READ.request, resourceAccount: 111122223333 } },
    'request.resourceAccount: must be a string',
  ],
  [
    'a context that is a list',
    { ...READ, request: { ...READ.request, context: [1] } },
    'request.context: must be a map',
  ],
  [
    'a value in the context that is an object',
    { ...READ, request: { ...READ.request, context: { 'aws:SourceIp': {} } } },
    'request.context.aws:SourceIp: must be a string, a number, a Boolean or a list of them, got an object.',
  ],
  [
    'a list in the context that holds null',
    { ...READ, request: { ...READ.request, context: { 'aws:TagKeys': ['a', null] } } },
    'request.context.aws:TagKeys[1]: must be a string, a number or a Boolean, got null.',
  ],
  [
    'a key that stands there twice',
    { ...READ, request: { ...READ.request, context: { 'aws:SourceIp': 'a', 'AWS:sourceip': 'b' } } },
    'request.context.AWS:sourceip: stands there twice',
  ],
  [
    'a policy that takes too long to compare',
    { ...READ, policies: { identity: [allow('s3:GetObject', `${'*a'.repeat(2_000_000)}b`)] } },
    'policies: are so long, for so long a request, that IAM would accept neither; nothing is decided.',
  ],
  [
    'a resource longer than AWS has them',
    { ...READ, request: { ...READ.request, resource: 'a'.repeat(3000) } },
    'request.resource: has 3000 characters',
  ],
])('%s is an error that says where', (_, input, error) => {
  expect(answers(input)).toEqual([
    { error: expect.stringContaining(error.replace('request.unknown', 'request: unknown')) },
  ]);
});

test('layers, and elements of a request, that are null are absent', () => {
  const request = { ...READ.request, resourceAccount: null, context: null };
  expect(answers({ policies: { ...READ.policies, boundary: null, session: null }, request })).toEqual([
    expect.objectContaining({ decision: 'Allowed' }),
  ]);
});

test('other elements of a case are the file’s own business', () => {
  expect(answers({ name: 'a name', expected: 'Allowed', ...READ })).toEqual([
    expect.objectContaining({ decision: 'Allowed' }),
  ]);
});

test('a policy can be JSON text', () => {
  const policies = { identity: JSON.stringify(allow('s3:GetObject')) };
  expect(answers({ ...READ, policies })).toEqual([expect.objectContaining({ decision: 'Allowed' })]);
});

test('every reviewed case is decided the same through the program', () => {
  const folder = join(__dirname, '..', 'cases', 'evaluate');
  // A file says the whole context of its requests; what follows from the principal is for callers in code.
  for (const name of readdirSync(folder).filter((file) => file !== 'derived-keys.json')) {
    const { out } = runProgram('evaluate', join(folder, name), '--json');
    const wanted = JSON.parse(readFileSync(join(folder, name), 'utf8')).map(
      ({ decision }: { decision: string }) => decision,
    );
    expect([name, JSON.parse(out).map(({ decision }: { decision: string }) => decision)]).toEqual([name, wanted]);
  }
});

test('the context has exactly the keys that the request carries: none follows from the principal', () => {
  const Condition = { ArnEquals: { 'aws:PrincipalArn': ROLE } };
  const policies = {
    identity: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition }],
    },
  };
  const request = { principal: ROLE, action: 's3:GetObject', resource: OBJECT };
  expect(answers({ policies, request })).toEqual([expect.objectContaining({ decision: 'ImplicitlyDenied' })]);
  const whole = { ...request, context: { 'aws:PrincipalArn': ROLE } };
  expect(answers({ policies, request: whole })).toEqual([expect.objectContaining({ decision: 'Allowed' })]);
});

test('for people: a line a case, the widest column last, the reasons below, and the count', () => {
  const denied = { ...READ, request: { principal: ROLE, action: 'kms:Decrypt', resource: OBJECT } };
  const { code, out } = runWithInput(JSON.stringify([READ, denied, 7]), 'evaluate', '-');
  expect(code).toBe(0);
  expect(out.split('\n')).toEqual([
    `  +  1  allowed            s3:GetObject  ${OBJECT}`,
    '      identity[0].Statement[0] (Sid Given) allows',
    `  -  2  implicitly denied  kms:Decrypt   ${OBJECT}`,
    expect.stringMatching(/^ {6}identity: no statement allows; /),
    '  !  3  not decided',
    '      a case must be an object with policies and a request, got number.',
    '',
    '3 requests: 1 allowed, 1 denied, 1 not decided',
  ]);
});

test('letters that move the cursor never reach the terminal', () => {
  const bad = { ...READ, request: { ...READ.request, resource: `${OBJECT}\u001b[2J\n` } };
  const { out } = runWithInput(JSON.stringify(bad), 'evaluate', '-');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});

test.each([
  ['nothing', '', 'standard input:1:1: no valid JSON: the text ends where value should follow'],
  [
    'truncated JSON',
    '[{"policies":\n{',
    'standard input:2:2: no valid JSON: the text ends where key or } should follow',
  ],
  ['bytes that are no text', Buffer.from([0x5b, 0xff, 0x5d]), "can't read standard input: it is not UTF-8 text"],
])('%s is bad input', (_, input, message) => {
  const { code, out, err } = runWithInput(input, 'evaluate', '-', '--json');
  expect(err).toBe(`least-agency: ${message}`);
  expect([code, out]).toEqual([3, '']);
});

test('a byte order mark is no fault', () => {
  const { code } = runWithInput(`\ufeff${JSON.stringify(READ)}`, 'evaluate', '-', '--json');
  expect(code).toBe(0);
});

test.each([
  [['evaluate'], 'evaluate takes one file, got 0 names'],
  [['evaluate', 'a', 'b'], 'evaluate takes one file, got 2 names'],
  [['evaluate', '/nonexistent/cases.json'], "can't read /nonexistent/cases.json: ENOENT"],
  [['evaluate', '/tmp'], "can't read /tmp: EISDIR"],
])('%j is bad input', (args, message) => {
  const { code, out, err } = runProgram(...args);
  expect(err).toContain(message);
  expect([code, out]).toEqual([3, '']);
});
