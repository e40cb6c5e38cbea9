import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Stack } from 'aws-cdk-lib/core';
import { shapesOf } from '../../lib/grants/action-shapes';
import { text } from '../../lib/policy/document/text';
import { fitsShape } from '../../lib/policy/reference/arn-shape';
import { GRANTED_ACTIONS } from '../../lib/policy/reference/granted-actions';
import { unscopedReason } from '../../lib/policy/reference/overlay/unscoped-by-practice';
import { conditionKeyType, findAction, supplies } from '../../lib/policy/reference/service-reference';
import { AgentHost } from '../../lib/roles/agent-host';
import { ScopedAgentRole } from '../../lib/roles/scoped-agent-role';
import { ACCOUNT, REGION, SynthesizedAgent } from './agent-fixture';
import { DECLARED } from './declared-grants';

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

const HOSTS: Readonly<Record<string, (stack: Stack) => AgentHost>> = {
  'AgentCore Runtime with an image': (stack) =>
    AgentHost.agentCoreRuntime({
      runtimeName: 'orders',
      repository: ecr.Repository.fromRepositoryName(stack, 'Repository', 'orders'),
    }),
  'AgentCore Runtime with code': (stack) =>
    AgentHost.agentCoreRuntime({
      runtimeName: 'orders',
      codeObject: { bucket: s3.Bucket.fromBucketName(stack, 'Code', 'code'), objectKey: 'a.zip', objectVersion: 'v1' },
    }),
  'AgentCore Runtime with unpinned code': (stack) =>
    AgentHost.agentCoreRuntime({
      runtimeName: 'orders',
      codeObject: { bucket: s3.Bucket.fromBucketName(stack, 'Code', 'code'), objectKey: 'a.zip' },
    }),
  'Lambda with everything': (stack) =>
    AgentHost.lambdaFunction({
      logGroup: logs.LogGroup.fromLogGroupName(stack, 'Log', '/aws/lambda/orders'),
      vpc: true,
      tracing: true,
    }),
};

function baseline(host: (stack: Stack) => AgentHost): SynthesizedAgent {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Orders', {
    env: { account: ACCOUNT, region: REGION },
  });
  return SynthesizedAgent.of(
    new ScopedAgentRole(stack, 'Agent', { agentName: 'orders-agent', owner: 'orders@example.com', host: host(stack) }),
  );
}

/** Every statement that any grant or host writes, under the name of where it comes from. */
const STATEMENTS: [string, Statement][] = [
  ...Object.values(DECLARED).flatMap((agents) =>
    Object.entries(agents).map(
      ([name, { declare, options }]) => [name, SynthesizedAgent.with(declare, options)] as const,
    ),
  ),
  ...Object.entries(HOSTS).map(([name, host]) => [name, baseline(host)] as const),
].flatMap(([name, agent]) =>
  (agent.statements as unknown as Statement[]).map((statement): [string, Statement] => [
    `${name}: ${statement.Sid}`,
    statement,
  ]),
);

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** The actions that the library may give on `*`, and no others. */
function mayBeUnscoped(action: string): boolean {
  const reviewed = GRANTED_ACTIONS.some((row) => row.action === action && row.wildcard !== undefined);
  return reviewed || unscopedReason(action) !== undefined || findAction(action)?.resourceTypes.length === 0;
}

/** The only wildcards within ARNs that the library writes itself, by the actions of their statements. */
const FORCED_WILDCARDS: readonly (readonly [action: RegExp, resource: RegExp])[] = [
  [
    /^s3:(Get|Put|Delete)Object(Version)?$|^s3:(AbortMultipartUpload|ListMultipartUploadParts)$/,
    /^arn:[\w-]+:s3:::orders\/open\/\*$/,
  ],
  [/^logs:/, /:log-group:\/aws\/bedrock-agentcore\/runtimes\/orders-\?{10}-\*$/],
  [/^logs:/, /:log-group:\/aws\/lambda\/orders:log-stream:\*$/],
  // Written by the declaration of the test.
  [/^dynamodb:Query$/, /:table\/orders\/index\/\*$/],
];

test('there are statements of every need', () => {
  const given = new Set(STATEMENTS.flatMap(([, { Action: actions }]) => list(actions)));
  expect(GRANTED_ACTIONS.map(({ action }) => action).filter((action) => !given.has(action))).toEqual([]);
});

describe.each(STATEMENTS)(
  '%s',
  (_, { Effect: effect, Action: actions, Resource: resources, Condition: conditions = {} }) => {
    test('allows actions that exist, by name', () => {
      expect(effect).toBe('Allow');
      expect(list(actions).filter((action) => findAction(action)?.name !== action)).toEqual([]);
    });

    test('has only resources that each of its actions takes', () => {
      const dead = list(actions).flatMap((name) => {
        const action = findAction(name);
        const shapes = action === undefined ? [] : shapesOf(action);
        return list(resources)
          .filter((resource) =>
            resource === '*'
              ? !mayBeUnscoped(name)
              : shapes.every((shape) => fitsShape(text(resource), shape) !== 'yes'),
          )
          .map((resource) => `${name} on ${resource}`);
      });
      expect(dead).toEqual([]);
    });

    test('has no wildcard that no service forces', () => {
      const wild = list(resources).filter((resource) => resource !== '*' && /[*?]/.test(resource));
      const free = wild.filter(
        (resource) =>
          !list(actions).every((action) =>
            FORCED_WILDCARDS.some(([of, forced]) => of.test(action) && forced.test(resource)),
          ),
      );
      expect(free).toEqual([]);
    });

    test('has only conditions that each of its actions supplies', () => {
      const keys = Object.values(conditions).flatMap((tests) => Object.keys(tests));
      const unknown = list(actions).flatMap((action) =>
        // Documented on Lambda's page about VPCs, and on every request of a function's own code; in no reference row.
        keys
          .filter((key) => key !== 'lambda:SourceFunctionArn' && !supplies(action, key))
          .map((key) => `${key} on ${action}`),
      );
      expect(unknown).toEqual([]);
    });

    test('compares no key that can have several values as if it had one', () => {
      const keys = Object.entries(conditions).flatMap(([operator, tests]) =>
        /^For(All|Any)Values?:|^Null$/.test(operator) ? [] : Object.keys(tests),
      );
      const several = list(actions).flatMap((action) =>
        keys.filter((key) => /^ArrayOf/.test(conditionKeyType(action, key) ?? '')),
      );
      expect(several).toEqual([]);
    });
  },
);
