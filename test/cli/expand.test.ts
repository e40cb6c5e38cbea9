import { runProgram } from './run-program';

test('a pattern is printed as its count, the overlay first, and a line an action with the widest column last', () => {
  const { code, out, err } = runProgram('expand', 'secretsmanager:*SecretValue');
  expect([code, err]).toEqual([0, '']);
  expect(out.split('\n')).toEqual([
    expect.stringMatching(
      /^secretsmanager:\*SecretValue stands for 3 actions of 1 service \(service reference of \d{4}-\d\d-\d\d\)$/,
    ),
    '',
    '  !  2  credentials',
    '  !  2  acts though read',
    '     2  Read',
    '     1  Write',
    '',
    '  !  Read   secretsmanager:BatchGetSecretValue  credentials: answers with a secret; acts though read: hands out a credential that others accept; unscopable: takes no resource',
    '  !  Read   secretsmanager:GetSecretValue       credentials: answers with a secret; acts though read: hands out a credential that others accept',
    '     Write  secretsmanager:PutSecretValue',
  ]);
});

test('many actions are counted unless all are asked for, and the marked ones are always listed', () => {
  const some = runProgram('expand', 's3:*').out;
  const all = runProgram('expand', 's3:*', '--all').out;
  expect(some).toMatch(/\n {4}and \d+ actions without a mark; --all lists them$/);
  expect(some).not.toContain(' s3:GetObject\n');
  expect(some).toContain('s3:DeleteObject ');
  expect(all).toContain(' s3:GetObject\n');
  expect(all).not.toContain('--all');
});

test('a partner of an escalation is named', () => {
  expect(runProgram('expand', 'lambda:CreateFunction').out).toContain(
    'escalation with iam:PassRole: starts code of the caller with a role that is passed to it',
  );
});

test('--json lists every action with its level, its marks and how it is scoped', () => {
  const { out } = runProgram('expand', 'bedrock:invokeagent', '--json');
  expect(JSON.parse(out)).toEqual({
    version: 1,
    pattern: 'bedrock:invokeagent',
    actions: [
      {
        name: 'bedrock:InvokeAgent',
        level: 'Read',
        marks: [
          { mark: 'delegation', reason: 'asks another agent, which acts with its own role' },
          { mark: 'acts though read', reason: 'starts an agent or a flow, which acts with rights of its own' },
        ],
        scoping: { kind: 'scoped', reason: 'needs a resource' },
      },
    ],
    tally: {
      actions: 1,
      marks: { escalation: 0, credentials: 0, delegation: 1, outward: 0, irreversible: 0, 'acts though read': 1 },
      levels: { List: 0, Read: 1, Write: 0, Tagging: 0, 'Permissions management': 0 },
    },
    catalogue: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
});

test('everything there is comes in bounded time', () => {
  const { code, out } = runProgram('expand', '*', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out).actions.length).toBeGreaterThan(20_000);
});

test.each([
  ['bedrock:Converse', 'bedrock:Converse stands for 0 actions of 0 services'],
  ['s3:GetObjct', 'did you mean s3:GetObject?'],
  ['nosuch:*', 'nosuch:* stands for 0 actions'],
])('%s stands for nothing, which is an answer', (pattern, text) => {
  const { code, out } = runProgram('expand', pattern);
  expect(code).toBe(0);
  expect(out).toContain(text);
});

test.each([
  [['expand'], 'expand takes one pattern, got 0'],
  [['expand', 'a', 'b'], 'expand takes one pattern, got 2 (did the shell replace a *? quote the pattern)'],
  [['expand', 's3'], "'s3' is no pattern of Action; it looks like s3:GetObject, s3:Get* or *"],
  [['expand', 's3:Get Object'], 'is no pattern of Action'],
  [['expand', ''], "'' is no pattern of Action"],
  [['expand', `s3:${'*a'.repeat(10_000)}`], 'is no pattern of Action'],
])('%j is bad input', (args, message) => {
  const { code, out, err } = runProgram(...args);
  expect(err).toContain(message);
  expect([code, out]).toEqual([3, '']);
});
