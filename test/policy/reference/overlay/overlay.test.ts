import { REVERSIBLE_BY_PRACTICE } from '../../../../lib/policy/reference/overlay/deletion-by-name';
import { MUST_BE_SCOPED } from '../../../../lib/policy/reference/overlay/must-be-scoped';
import { MARKS, overlayMarks, overlayRows } from '../../../../lib/policy/reference/overlay/overlay-marks';
import { scopingOf } from '../../../../lib/policy/reference/overlay/scoping';
import { UNSCOPED_BY_PRACTICE, unscopedReason } from '../../../../lib/policy/reference/overlay/unscoped-by-practice';
import { actionNames, findAction, type ServiceAction } from '../../../../lib/policy/reference/service-reference';

const SETS = [
  ...MARKS.map((mark) => [mark, overlayRows(mark)] as const),
  ['must be scoped', MUST_BE_SCOPED] as const,
  ['unscoped by practice', UNSCOPED_BY_PRACTICE] as const,
  ['reversible by practice', REVERSIBLE_BY_PRACTICE] as const,
];

describe.each(SETS)('the set %s', (_, rows) => {
  const names = rows.flatMap(({ actions }) => actions);

  test('names actions that exist, spelt as the service reference spells them', () => {
    expect(names.filter((name) => findAction(name)?.name !== name)).toEqual([]);
  });

  test('names no action twice, and gives each a reason', () => {
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(rows.filter(({ reason, actions }) => reason.length < 10 || actions.length === 0)).toEqual([]);
  });

  test('names only actions that exist as partners', () => {
    const partners = rows.flatMap(({ together }) => together ?? []);
    expect(partners.filter((name) => findAction(name)?.name !== name)).toEqual([]);
  });
});

test('every action that changes IAM is an escalation', () => {
  const changing = actionNames('iam').map((name) => found(`iam:${name}`));
  const silent = changing
    .filter(({ level }) => level !== 'List' && level !== 'Read')
    .filter(({ name, level }) => overlayMarks(name, level)[0]?.mark !== 'escalation');
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test('what acts though it is read has the level List or Read', () => {
  const names = overlayRows('acts though read').flatMap(({ actions }) => actions);
  expect(names.map((name) => findAction(name)?.level).filter((level) => level !== 'Read' && level !== 'List')).toEqual(
    [],
  );
});

test('what must be scoped and what is unscoped by practice has optional resource types only, and is not the same', () => {
  const names = [...MUST_BE_SCOPED, ...UNSCOPED_BY_PRACTICE].flatMap(({ actions }) => actions);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !found(name).resourceTypes.some(() => true))).toEqual([]);
  expect(names.filter((name) => found(name).resourceTypes.some(({ required }) => required))).toEqual([]);
});

test.each([
  ['s3:GetObject', []],
  ['s3:PutObject', ['outward', 'irreversible']],
  ['iam:CreatePolicyVersion', ['escalation']],
  ['iam:PassRole', ['escalation', 'delegation']],
  ['sts:AssumeRole', ['credentials', 'delegation']],
  ['bedrock:InvokeAgent', ['delegation', 'acts though read']],
  ['secretsmanager:GetSecretValue', ['credentials', 'acts though read']],
  ['bedrock-agentcore:GetResourceOauth2Token', ['credentials', 'acts though read']],
  ['bedrock-agentcore:InvokeAgentRuntime', ['delegation']],
  ['lambda:UpdateFunctionCode', ['escalation']],
  ['lambda:InvokeFunctionUrl', ['delegation']],
  ['dynamodb:DeleteTable', ['irreversible']],
  ['kms:ScheduleKeyDeletion', ['irreversible']],
  ['ecr:BatchDeleteImage', ['irreversible']],
  ['iam:DeleteRole', ['escalation', 'irreversible']],
  ['cognito-idp:AdminDeleteUser', ['irreversible']],
  ['sqs:DeleteMessage', []],
  ['ec2:DeleteTags', []],
  ['bedrock:Retrieve', []],
])('%s is marked %j', (name, marks) => {
  const { level } = found(name);
  expect(overlayMarks(name, level).map(({ mark }) => mark)).toEqual(marks);
});

test('a reviewed reason stands before the one that the name gives', () => {
  expect(overlayMarks('dynamodb:DeleteTable', 'Write')).toEqual([
    { mark: 'irreversible', reason: 'removes or overwrites records' },
  ]);
  expect(overlayMarks('ecr:BatchDeleteImage', 'Write')).toEqual([
    { mark: 'irreversible', reason: 'is named Delete, and no review says that it can be undone' },
  ]);
});

test('a name alone marks nothing that only reads', () => {
  expect(overlayMarks('example:DeleteNothing', 'Read')).toEqual([]);
});

test('an escalation by PassRole says so', () => {
  expect(overlayMarks('lambda:CreateFunction', 'Write')).toContainEqual({
    mark: 'escalation',
    reason: 'starts code of the caller with a role that is passed to it',
    together: 'iam:PassRole',
  });
});

test.each([
  ['s3:ListAllMyBuckets', 'unscopable', 'takes no resource'],
  ['cloudwatch:PutMetricData', 'unscoped by practice', 'cloudwatch:namespace scopes the action'],
  ['s3:GetObject', 'scoped', 'an object is reached through its bucket or an access point'],
  ['dynamodb:GetItem', 'scoped', 'needs a resource'],
  ['rds:DescribeDBInstances', 'scoped', 'nobody reviewed it on *'],
])('%s is %s', (name, kind, reason) => {
  expect(scopingOf(found(name))).toEqual({ kind, reason: expect.stringContaining(reason) });
});

test('only reviewed actions have a reason to stand on *', () => {
  expect(unscopedReason('ce:GetCostAndUsage')).toContain('cost data belongs to the account');
  expect(unscopedReason('s3:GetObject')).toBeUndefined();
});

function found(name: string): ServiceAction {
  const action = findAction(name);
  if (action === undefined) {
    throw new Error(`the service reference has no ${name}`);
  }
  return action;
}
