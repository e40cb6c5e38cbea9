import { actionNames, findAction } from '../../lib/policy/reference/service-reference';
import type { RandomSource } from '../../test/policy/random';

const SERVICES = [
  's3',
  'dynamodb',
  'sqs',
  'sns',
  'lambda',
  'logs',
  'kms',
  'ecr',
  'bedrock',
  'states',
  'secretsmanager',
  'events',
  'ssm',
];
const CONDITIONS: readonly object[] = [
  { StringEquals: { 'aws:ResourceTag/team': 'claims' } },
  { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } },
  { Bool: { 'aws:SecureTransport': 'true' } },
  { ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:*:111122223333:function:claims-*' } },
  { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'stage'] } },
  { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
];

/** A statement of a role. */
export interface RoleStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: object;
}

/** A policy of a role. */
export interface RolePolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly RoleStatement[];
}

/** A role such as people write: one service a statement, a few actions and wildcards, a few resources of the right form. */
export function realisticRole(source: RandomSource, statements: number): RolePolicy {
  const list = Array.from({ length: statements }, (_, index): RoleStatement => {
    const service = SERVICES[source.length(SERVICES.length)] ?? 's3';
    const names = actionNames(service);
    const pick = (): string => names[source.length(names.length)] ?? 'GetObject';
    const actions = Array.from({ length: 1 + source.length(5) }, () => {
      const name = pick();
      return source.length(6) === 0 ? `${service}:${name.replace(/(?<=[a-z])[A-Z].*/, '')}*` : `${service}:${name}`;
    });
    const shapes = (findAction(`${service}:${pick()}`)?.resourceTypes ?? []).flatMap((type) => type.arns);
    const resources = Array.from({ length: 1 + source.length(3) }, () => {
      const shape = shapes[source.length(Math.max(1, shapes.length))];
      return shape === undefined ? '*' : filled(shape, source);
    });
    return {
      Sid: `Statement${index}`,
      Effect: source.length(12) === 0 ? 'Deny' : 'Allow',
      Action: actions,
      Resource: resources,
      ...(source.length(4) === 0 ? { Condition: CONDITIONS[source.length(CONDITIONS.length)] } : {}),
    };
  });
  return { Version: '2012-10-17', Statement: list };
}

/** The same access, written differently: one action and one resource a statement, the last first. */
export function rewritten(policy: RolePolicy): RolePolicy {
  const split = policy.Statement.flatMap(({ Sid: _, Action, Resource, ...rest }) =>
    Action.flatMap((action) => Resource.map((resource) => ({ ...rest, Action: [action], Resource: [resource] }))),
  );
  return { ...policy, Statement: split.reverse() };
}

/** The same policy with one resource opened at its end. */
export function broadened(policy: RolePolicy, source: RandomSource): RolePolicy {
  const at = source.length(policy.Statement.length);
  return {
    ...policy,
    Statement: policy.Statement.map((statement, index) =>
      index === at
        ? {
            ...statement,
            Effect: 'Allow' as const,
            Resource: statement.Resource.map((resource) => resource.replace(/[^:/]{1,3}$/, '*')),
          }
        : statement,
    ),
  };
}

function filled(shape: string, source: RandomSource): string {
  const name = `claims-${source.pick('abcdefgh', 4)}`;
  return shape
    .replace('${Partition}', 'aws')
    .replace('${Region}', source.length(5) === 0 ? '*' : 'eu-west-1')
    .replace('${Account}', '111122223333')
    .replace(/\$\{[^}]*\}$/, source.length(3) === 0 ? '*' : name)
    .replace(/\$\{[^}]*\}/g, name);
}
