import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { type App, NestedStack, type Stack, Stage, Validations } from 'aws-cdk-lib/core';
import {
  AgentAccessGrant,
  AgentModel,
  AgentModelGrant,
  AgentStorageGrant,
  type ScopedAgentRole,
} from 'cdk-least-agency';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ENV, newAgent, newApp, newStack, synthError, TABLE_ARN } from './agent-fixture';
import { metadataOf } from './assembly';
import { HOST_NAMES, HOSTED } from './hosts-fixture';

/** What cdk-nag finds in an app and nobody has acknowledged, each with the construct it is on. */
function findings(app: App): string[] {
  app.synth();
  const acknowledged = new Set(
    app.node
      .findAll()
      .flatMap(({ node }) =>
        node.metadata
          .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
          .flatMap(({ data }) => Object.keys(data as object).map((id) => `${id} on ${node.path}`)),
      ),
  );
  const report = new AwsSolutionsChecks(app).validateScope(app);
  const found = report.violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} on ${constructPath}`),
  );
  return [...new Set(found)].filter((line) => !acknowledged.has(`AwsSolutions::${line}`));
}

/** What is wrong with the agent, the hosts around it left out. */
const ofAgents = (found: string[]): string[] => found.filter((line) => /\/Agent\/|LeastAgencyBoundary/.test(line));

function build(name: string, stack: Stack, hostStack: Stack = stack): ScopedAgentRole {
  const hosted = HOSTED[name];
  if (!hosted) {
    throw new Error(`no host ${name}`);
  }
  const agent = hosted.agent(stack);
  hosted.host(hostStack, agent);
  return agent;
}

/** Grants with all kinds of forced wildcards. */
function grantAll(agent: ScopedAgentRole, data: Stack): void {
  const encryptionKey = new kms.Key(data, 'Key', { enableKeyRotation: true });
  const bucket = new s3.Bucket(data, 'Files', { encryptionKey });
  new AgentStorageGrant(agent, 'Files', { bucket, prefix: 'orders/', encryptionKey });
  new AgentModelGrant(agent, 'Claude', {
    model: AgentModel.inferenceProfile('us.anthropic.claude-sonnet-4-5-20250929-v1:0', {
      sourceRegions: ['us-east-1'],
    }),
  });
}

describe.each(HOST_NAMES)('AwsSolutionsChecks on an agent on %s', (name) => {
  test.each<[string, (app: App) => void]>([
    ['in a known environment', (app) => build(name, newStack(app))],
    ['in an unknown environment', (app) => build(name, newStack(app, 'Orders', {}))],
    ['with its host in another stack', (app) => build(name, newStack(app), newStack(app, 'Host'))],
    ['in a nested stack', (app) => build(name, new NestedStack(newStack(app), 'Nested'))],
    ['in a Stage', (app) => build(name, newStack(new Stage(app, 'Prod', { env: ENV })))],
  ])('finds nothing %s', (_, make) => {
    const app = newApp();
    make(app);
    expect(ofAgents(findings(app))).toEqual([]);
  });
});

describe('AwsSolutionsChecks on the grants', () => {
  test.each<[string, (app: App) => void]>([
    [
      'in one stack',
      (app) => {
        const stack = newStack(app);
        grantAll(newAgent(stack), stack);
      },
    ],
    [
      'in an unknown environment',
      (app) => {
        const stack = newStack(app, 'Orders', {});
        grantAll(newAgent(stack), stack);
      },
    ],
    ['across stacks', (app) => grantAll(newAgent(newStack(app)), newStack(app, 'Data'))],
    [
      'in a nested stack, by parameters',
      (app) => {
        const stack = newStack(app);
        grantAll(newAgent(new NestedStack(stack, 'Nested')), stack);
      },
    ],
  ])('find nothing %s', (_, make) => {
    const app = newApp();
    make(app);
    expect(ofAgents(findings(app))).toEqual([]);
  });

  test('find nothing across stacks by weak references', () => {
    const app = newApp({ '@aws-cdk/core:defaultCrossStackReferences': 'weak' });
    grantAll(newAgent(newStack(app)), newStack(app, 'Data'));
    expect(ofAgents(findings(app))).toEqual([]);
  });

  test('find nothing in policies that run over', () => {
    const app = newApp();
    const stack = newStack(app);
    const agent = newAgent(stack);
    for (let grant = 0; grant < 4; grant++) {
      const resources = Array.from({ length: 40 }, (_, item) => `${TABLE_ARN}-${grant}-${item}`);
      new AgentAccessGrant(agent, `Need${grant}`, { actions: ['dynamodb:GetItem'], resources });
    }
    grantAll(agent, stack);
    expect(agent._attachments.filled.length).toBeGreaterThan(1);
    expect(ofAgents(findings(app))).toEqual([]);
  });
});

describe("AwsSolutionsChecks on a user's own wildcards", () => {
  test('find one in AgentAccessGrant, and that alone', () => {
    const app = newApp();
    const stack = newStack(app);
    const agent = newAgent(stack);
    grantAll(agent, stack);
    new AgentAccessGrant(agent, 'Indexes', { actions: ['dynamodb:Query'], resources: [`${TABLE_ARN}/index/*`] });
    expect(ofAgents(findings(app))).toEqual([
      `AwsSolutions-IAM5[Resource::${TABLE_ARN}/index/*] on Orders/Agent/Policy`,
    ]);
  });

  test('find one that stands in the same words as one that is forced', () => {
    const app = newApp();
    const stack = newStack(app);
    const agent = newAgent(stack);
    const bucket = s3.Bucket.fromBucketName(stack, 'B', 'files');
    new AgentStorageGrant(agent, 'Files', { bucket, prefix: 'orders/' });
    new AgentAccessGrant(agent, 'Torrents', {
      actions: ['s3:GetObjectTorrent'],
      resources: [bucket.arnForObjects('orders/*')],
    });
    expect(ofAgents(findings(app))).toHaveLength(1);
  });

  test('find those of other roles in the stack', () => {
    const app = newApp();
    const stack = newStack(app);
    grantAll(newAgent(stack), stack);
    new iam.Policy(stack, 'Other', {
      statements: [new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] })],
      roles: [new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })],
    });
    expect(findings(app).filter((line) => line.includes('Orders/Other'))).toHaveLength(2);
  });
});

test('what the library acknowledges is its own, by exact ids, with reasons', () => {
  const app = newApp();
  const stack = newStack(app);
  const agent = build('AgentCore Runtime', stack);
  grantAll(agent, stack);
  const assembly = app.synth();
  const acknowledged = stack.node.findAll().flatMap(({ node }) =>
    metadataOf(assembly, node.path)
      .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
      .map(({ data }) => ({ path: node.path, data: JSON.stringify(data) })),
  );
  expect([...new Set(acknowledged.map(({ path }) => path))].sort()).toEqual([
    'Orders/Agent/Policy',
    'Orders/LeastAgencyBoundary/Resource',
  ]);
  for (const { data } of acknowledged) {
    expect(data).toMatch(/AwsSolutions-IAM5\[(Action|Resource)::/);
    expect(data).not.toMatch(/AwsSolutions-IAM5"/);
  }
});

test.each(['a)/', 'b]/', 'c{/', 'd(/'])('a prefix with an unbalanced bracket synthesizes: %s', (prefix) => {
  const app = newApp();
  const stack = newStack(app);
  const bucket = s3.Bucket.fromBucketName(stack, 'Files', 'files');
  new AgentStorageGrant(newAgent(stack), 'Odd', { bucket, prefix });
  expect(synthError(app)).toBe('');
});
