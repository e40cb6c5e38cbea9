import type { PolicySet } from '../../../lib/policy/evaluate/policy-set';
import type { RandomSource } from '../random';

/** A policy as it is written. */
export type WrittenPolicy = { Version?: string; Statement: Record<string, unknown>[] };

const ACTIONS = [
  's3:GetObject',
  's3:PutObject',
  's3:Get*',
  's3:*',
  's3:GetObject*',
  's3:?etObject',
  'S3:getobject',
  's3:*Object',
  'sqs:SendMessage',
  'sqs:*',
  '*',
  'sts:AssumeRole',
];
const RESOURCES = [
  '*',
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::b/a*',
  'arn:aws:s3:::b/a',
  'arn:aws:s3:::b/a?',
  'arn:aws:s3:::b/ab',
  'arn:aws:s3:::b*',
  'arn:aws:s3:::b/*a',
  'arn:aws:s3:::b/?',
  'arn:aws:s3:::*',
  'arn:aws:sqs:*:111122223333:q',
  'arn:aws:sqs:eu-west-1:111122223333:q',
  'arn:aws:sqs:eu-west-1:*:q*',
  'arn:aws:sqs:*:q',
  'arn:aws:sqs:eu-*-1:*',
  'arn:aws:sqs',
  'arn:aws:sqs:*',
  'arn:aws:s3:::b/${aws:username}',
  'arn:aws:s3:::b/${aws:username}/*',
  "arn:aws:s3:::b/${aws:username, 'a'}",
  'arn:aws:s3:::b/${*}',
];
type Condition = [operators: readonly string[], key: string, values: readonly string[]];
const CONDITIONS: readonly Condition[] = [
  [
    [
      'StringEquals',
      'StringNotEquals',
      'StringLike',
      'StringNotLike',
      'StringEqualsIgnoreCase',
      'StringNotEqualsIgnoreCase',
    ],
    'aws:username',
    ['a', 'A', 'ab', 'a*', '?', '*', 'b', '${aws:userid}'],
  ],
  [
    [
      'StringEquals',
      'StringLike',
      'ForAnyValue:StringEquals',
      'ForAllValues:StringEquals',
      'ForAnyValue:StringLike',
      'ForAllValues:StringNotEquals',
      'ForAnyValue:StringNotEquals',
      'ForAllValues:StringNotLike',
    ],
    'aws:TagKeys',
    ['a', 'b', 'ab', 'a*', ''],
  ],
  [
    [
      'NumericEquals',
      'NumericNotEquals',
      'NumericLessThan',
      'NumericLessThanEquals',
      'NumericGreaterThan',
      'NumericGreaterThanEquals',
    ],
    's3:max-keys',
    ['5', '5.0', '10', '9.5', '-1', 'x'],
  ],
  [
    ['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals'],
    'aws:CurrentTime',
    ['2026-01-01', '2026-01-01T00:00:00Z', '1767225600', '2026-06-01T10:00:00.5Z', '0'],
  ],
  [
    ['IpAddress', 'NotIpAddress'],
    'aws:SourceIp',
    ['10.0.0.0/8', '10.0.0.0/9', '10.128.0.0/9', '10.1.2.3', '2001:db8::/32', '0.0.0.0/0', '::/0'],
  ],
  [['StringLike', 'StringNotEquals', 'IpAddress'], 'aws:SourceIp', ['10.*', '10.1.2.3']],
  [['Bool'], 'aws:SecureTransport', ['true', 'false', 'TRUE']],
  [['StringEquals', 'Bool'], 'aws:SecureTransport', ['true', 'True', '${aws:username}']],
  [['NumericLessThan', 'DateLessThan', 'StringLike'], 'aws:EpochTime', ['1767225600', '1767225*', '9999999999999']],
  [
    ['ArnLike', 'ArnEquals', 'ArnNotLike', 'ArnNotEquals', 'StringLike', 'StringEquals'],
    'aws:SourceArn',
    [
      'arn:aws:sns:*:111122223333:t',
      'arn:aws:sns:eu-west-1:111122223333:t',
      'arn:aws:sns:*:*:*',
      '*',
      'arn:aws:sns:*:t',
    ],
  ],
  [
    ['StringEquals', 'StringNotEquals', 'StringLike'],
    'aws:PrincipalAccount',
    ['111122223333', '444455556666', '1*', '${aws:username}', '123412341234'],
  ],
  [
    ['ArnLike', 'ArnNotLike', 'StringEquals', 'StringLike'],
    'aws:PrincipalArn',
    [
      'arn:aws:iam::111122223333:role/R',
      'arn:aws:iam::111122223333:*',
      'arn:aws:iam::*:role/*',
      'arn:aws:iam::*:user/u',
      'arn:aws:iam::777788889999:role/Z',
      'role',
    ],
  ],
  [['Null'], 'aws:username', ['true', 'false']],
  [['Null'], 'aws:TagKeys', ['true', 'false']],
  [['Null'], 's3:max-keys', ['true', 'false']],
  [['BinaryEquals'], 'app:bytes', ['YQ==', 'Yg==']],
  [
    ['StringEquals', 'StringNotEquals', 'ForAnyValue:StringEquals', 'ForAllValues:StringLike'],
    'app:team',
    ['a', 'b', 'a*'],
  ],
];
const PRINCIPALS = [
  '*',
  { AWS: '*' },
  { AWS: '111122223333' },
  { AWS: 'arn:aws:iam::111122223333:root' },
  { AWS: 'arn:aws:iam::111122223333:role/R' },
  { AWS: ['arn:aws:iam::111122223333:role/R', 'arn:aws:iam::444455556666:user/u'] },
  { AWS: 'arn:aws:sts::111122223333:assumed-role/R/s' },
  { AWS: 'arn:aws:iam::777788889999:role/Z' },
  { Service: 'lambda.amazonaws.com' },
  { Service: ['lambda.amazonaws.com', 'ecs-tasks.amazonaws.com'] },
  { Federated: 'cognito-identity.amazonaws.com' },
];

/** One of some things. */
export function oneOf<T>({ length }: RandomSource, list: readonly T[]): T {
  return list[length(list.length)] as T;
}

/** One or a few, in a list or alone. */
export function some<T>(source: RandomSource, list: readonly T[], most: number): T | T[] {
  const count = 1 + source.length(most);
  return count === 1 && source.length(2) === 0
    ? oneOf(source, list)
    : Array.from({ length: count }, () => oneOf(source, list));
}

/** A random statement. @param principals Whether it names principals. */
export function randomStatement(source: RandomSource, principals: boolean): Record<string, unknown> {
  const chance = (of: number): boolean => source.length(of) === 0;
  const statement: Record<string, unknown> = { Effect: chance(4) ? 'Deny' : 'Allow' };
  statement[chance(8) ? 'NotAction' : 'Action'] = some(source, ACTIONS, 3);
  statement[chance(8) ? 'NotResource' : 'Resource'] = some(source, RESOURCES, 3);
  if (principals) {
    statement[chance(10) ? 'NotPrincipal' : 'Principal'] = oneOf(source, PRINCIPALS);
  }
  if (chance(2)) {
    statement.Condition = randomConditions(source);
  }
  return statement;
}

function randomConditions(source: RandomSource): Record<string, Record<string, unknown>> {
  const conditions: Record<string, Record<string, unknown>> = {};
  for (let count = 1 + source.length(2); count > 0; count--) {
    const [operators, key, values] = oneOf(source, CONDITIONS);
    const base = oneOf(source, operators);
    const operator = base !== 'Null' && source.length(5) === 0 ? `${base}IfExists` : base;
    const written = source.length(40) === 0 ? [] : some(source, values, 3);
    conditions[operator] = { ...conditions[operator], [source.length(6) === 0 ? key.toUpperCase() : key]: written };
  }
  return conditions;
}

/** A random policy of up to three statements. */
export function randomPolicy(source: RandomSource, principals = false): WrittenPolicy {
  const statements = Array.from({ length: 1 + source.length(3) }, () => randomStatement(source, principals));
  return { ...(source.length(10) === 0 ? {} : { Version: '2012-10-17' }), Statement: statements };
}

/** A policy with one thing changed, or rewritten without any change. */
export function edited(source: RandomSource, policy: WrittenPolicy, principals = false): WrittenPolicy {
  const copy: WrittenPolicy = JSON.parse(JSON.stringify(policy));
  const at = source.length(copy.Statement.length);
  const statement = copy.Statement[at] ?? {};
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
  switch (source.length(10)) {
    case 0:
      copy.Statement.reverse();
      return copy;
    case 1:
      copy.Statement.splice(at, 1);
      return copy;
    case 2:
      copy.Statement.push(randomStatement(source, principals));
      return copy;
    case 3:
      delete statement.Condition;
      return copy;
    case 4:
      statement.Condition = { ...(statement.Condition as object), ...randomConditions(source) };
      return copy;
    case 5: {
      const name = 'Action' in statement ? 'Action' : 'NotAction';
      statement[name] = [...list(statement[name]), oneOf(source, ACTIONS)];
      return copy;
    }
    case 6: {
      const name = 'Resource' in statement ? 'Resource' : 'NotResource';
      statement[name] =
        source.length(2) === 0 ? oneOf(source, RESOURCES) : [...list(statement[name]), oneOf(source, RESOURCES)];
      return copy;
    }
    case 7:
      copy.Statement.splice(at, 1, ...split(statement));
      return copy;
    case 8:
      if (principals) {
        delete statement.NotPrincipal;
        statement.Principal = oneOf(source, PRINCIPALS);
      } else {
        copy.Statement.splice(at, 1, ...split(statement).reverse());
      }
      return copy;
    default:
      copy.Statement.push(...JSON.parse(JSON.stringify(policy.Statement)));
      return copy;
  }
}

/** One statement for each action and resource. The same access, save for the `Not` elements, which stay whole. */
function split(statement: Record<string, unknown>): Record<string, unknown>[] {
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
  const actions = 'Action' in statement ? list(statement.Action).map((Action) => ({ Action })) : [{}];
  const resources = 'Resource' in statement ? list(statement.Resource).map((Resource) => ({ Resource })) : [{}];
  return actions.flatMap((action) => resources.map((resource) => ({ ...statement, ...action, ...resource })));
}

/** A random pair: two policies in which most is the same, or two of nothing in common, in some layers. */
export function randomPair(source: RandomSource): {
  before: PolicySet;
  after: PolicySet;
  type: 'identity' | 'resource';
} {
  const principals = source.length(6) === 0;
  const pair = (): [WrittenPolicy, WrittenPolicy] => {
    const policy = randomPolicy(source, principals);
    const other = source.length(4) === 0 ? randomPolicy(source, principals) : edited(source, policy, principals);
    return source.length(2) === 0 ? [policy, other] : [other, policy];
  };
  const [before, after] = pair();
  if (principals) {
    return { before: { resource: before }, after: { resource: after }, type: 'resource' };
  }
  const sets: [PolicySet, PolicySet] = [{ identity: before }, { identity: after }];
  for (const layer of ['boundary', 'session', 'scp', 'rcp'] as const) {
    if (source.length(8) === 0) {
      const [first, second] = pair();
      const isLevel = layer === 'scp' || layer === 'rcp';
      sets[0] = { ...sets[0], ...(source.length(6) === 0 ? {} : { [layer]: isLevel ? [first] : first }) };
      sets[1] = { ...sets[1], ...(source.length(6) === 0 ? {} : { [layer]: isLevel ? [second] : second }) };
    }
  }
  return { before: sets[0], after: sets[1], type: 'identity' };
}

const REQUESTED_ACTIONS = [
  's3:GetObject',
  's3:PutObject',
  's3:GetObjectTagging',
  's3:SetObject',
  'sqs:SendMessage',
  'sqs:New',
  'ec2:RunInstances',
  'sts:AssumeRole',
  's3:DeleteObject',
  's3:NewObject',
  's3:GetNew',
];
const REQUESTED_RESOURCES = [
  '*',
  'arn:aws:s3:::b/a',
  'arn:aws:s3:::b/ab',
  'arn:aws:s3:::b/ba',
  'arn:aws:s3:::b/',
  'arn:aws:s3:::b/b',
  'arn:aws:s3:::bb/c',
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::c',
  'arn:aws:s3:::b',
  'arn:aws:s3:::b/a/x',
  'arn:aws:s3:::b/ab/',
  'arn:aws:sqs:eu-west-1:111122223333:q',
  'arn:aws:sqs:eu-west-1:444455556666:qq',
  'arn:aws:sqs:us-east-1:111122223333:q',
  'arn:aws:sqs:eu-west-1:111122223333:a:q',
  'arn:aws:sqs:a:b:c:q',
  'arn:aws:sqs:eu-b-1:1:',
  'arn:aws:sqs:eu-a:1-1:x:y',
  'arn:aws:iam::111122223333:role/x',
];
const CONTEXTS: Readonly<Record<string, readonly (string | string[])[]>> = {
  'aws:username': ['a', 'A', 'ab', 'AB', 'b', 'ba', 'x', '*'],
  'aws:userid': ['a', 'b', 'x'],
  'aws:TagKeys': [
    'a',
    'b',
    '',
    'x',
    ['a', 'b'],
    ['a', 'x'],
    ['a', 'ab'],
    ['x', 'y'],
    ['', 'a'],
    ['a', 'b', 'ab'],
    ['', ''],
  ],
  'aws:EpochTime': ['1767225600', '1767225601', '1600000000', '9999999999998'],
  's3:max-keys': ['5', '5.00', '10', '9.5', '-1', '-2', '0', '7', '9.7', '11', '1e1'],
  'aws:CurrentTime': [
    '2026-01-01T00:00:00Z',
    '2025-12-31',
    '2026-03-01',
    '2026-06-01T10:00:00.5Z',
    '2027-01-01',
    '0',
    '-5',
    '1767225600',
    '1767225600.5',
  ],
  'aws:SourceIp': [
    '10.0.0.0',
    '10.127.255.255',
    '10.128.0.0',
    '10.1.2.3',
    '10.1.2.4',
    '11.0.0.1',
    '2001:db8::1',
    '2001:db9::1',
  ],
  'aws:SecureTransport': ['true', 'false'],
  'aws:PrincipalAccount': ['111122223333', '444455556666', '123456789012', 'a'],
  'aws:PrincipalArn': [
    'arn:aws:iam::111122223333:role/R',
    'arn:aws:iam::111122223333:user/u',
    'arn:aws:iam::444455556666:role/R',
    'arn:aws:iam::444455556666:user/u',
  ],
  'aws:SourceArn': [
    'arn:aws:sns:eu-west-1:111122223333:t',
    'arn:aws:sns:us-east-1:111122223333:t',
    'arn:aws:sns:a:b:c:t',
    'arn:aws:sns:eu-west-1:444455556666:x',
    'arn:aws:sqs:::t',
  ],
  'app:bytes': ['YQ==', 'Yg==', 'Yw=='],
  'app:team': ['a', 'b', 'ab', 'x', ['a', 'b'], ['a', 'ab']],
};
/** Without a value in the context, these follow from the principal. */
const KEYS_OF_PRINCIPALS: readonly string[] = ['aws:PrincipalAccount', 'aws:PrincipalArn'];
const REQUESTED_PRINCIPALS = [
  'arn:aws:iam::111122223333:role/R',
  'arn:aws:sts::111122223333:assumed-role/R/s',
  'arn:aws:sts::111122223333:assumed-role/R/t',
  'arn:aws:iam::444455556666:user/u',
  'arn:aws:iam::111122223333:root',
  '111122223333',
  'arn:aws:iam::777788889999:role/Z',
  'arn:aws:iam::777788889999:user/u',
  'arn:aws:sts::777788889999:assumed-role/Q/s',
  'lambda.amazonaws.com',
  'ecs-tasks.amazonaws.com',
  'cognito-identity.amazonaws.com',
  'events.amazonaws.com',
];

/** A request that has something to do with the random policies. */
export interface RandomRequest {
  readonly action: string;
  readonly resource: string;
  readonly principal?: string;
  readonly resourceAccount?: string;
  readonly context: Record<string, string | string[]>;
}

/** A random request. @param keys The context keys that the policies ask about. */
export function randomRequest(source: RandomSource, principals: boolean, keys: readonly string[]): RandomRequest {
  const context: Record<string, string | string[]> = {};
  for (const [key, values] of Object.entries(CONTEXTS)) {
    const isGiven = keys.includes(key.toLowerCase()) && !(principals && KEYS_OF_PRINCIPALS.includes(key));
    if (isGiven && source.length(3) > 0) {
      context[key] = oneOf(source, values);
    }
  }
  return {
    action: oneOf(source, REQUESTED_ACTIONS),
    resource: oneOf(source, REQUESTED_RESOURCES),
    ...(principals ? { principal: oneOf(source, REQUESTED_PRINCIPALS), resourceAccount: '999988887777' } : {}),
    context,
  };
}
