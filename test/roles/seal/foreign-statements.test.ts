import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { type App, CfnParameter, type Stack } from 'aws-cdk-lib/core';
import { AgentAccessGrant, AgentKeyGrant, AgentStorageGrant, type ScopedAgentRole } from 'cdk-least-agency';
import {
  ENV,
  grantTable,
  judged,
  newAgent,
  newApp,
  newStack,
  resourcesOf,
  synthError,
  TABLE_ARN,
} from '../agent-fixture';

const OF_ACCOUNT = { StringEquals: { 's3:ResourceAccount': ENV.account } };

function asks(agent: ScopedAgentRole, statement: iam.PolicyStatementProps): void {
  agent.addToPrincipalPolicy(new iam.PolicyStatement(statement));
}

describe('what no grant declares', () => {
  test.each<[string, (stack: Stack, agent: ScopedAgentRole) => void, string]>([
    ['bucket.grantRead', (stack, agent) => new s3.Bucket(stack, 'B').grantRead(agent), 's3:GetObject*'],
    [
      'queue.grantSendMessages',
      (stack, agent) => new sqs.Queue(stack, 'Q').grantSendMessages(agent),
      'sqs:SendMessage',
    ],
    ['topic.grantPublish', (stack, agent) => new sns.Topic(stack, 'T').grantPublish(agent), 'sns:Publish'],
    ['key.grantDecrypt', (stack, agent) => new kms.Key(stack, 'K').grantDecrypt(agent), 'kms:Decrypt'],
    [
      'table.grantReadData',
      (stack, agent) =>
        new dynamodb.Table(stack, 'D', {
          partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
        }).grantReadData(agent),
      'dynamodb:Scan',
    ],
    [
      'function.grantInvoke',
      (stack, agent) => lambda.Function.fromFunctionName(stack, 'F', 'lookup').grantInvoke(agent),
      'lambda:InvokeFunction',
    ],
    [
      'secret.grantRead',
      (stack, agent) => new secretsmanager.Secret(stack, 'S').grantRead(agent),
      'secretsmanager:GetSecretValue',
    ],
    ['repository.grantPull', (stack, agent) => new ecr.Repository(stack, 'R').grantPull(agent), 'ecr:BatchGetImage'],
    [
      'iam.Grant.addToPrincipalOrResource',
      (stack, agent) => {
        const resource = new sqs.Queue(stack, 'Q');
        iam.Grant.addToPrincipalOrResource({
          grantee: agent,
          actions: ['sqs:PurgeQueue'],
          resourceArns: [resource.queueArn],
          resource,
        });
      },
      'sqs:PurgeQueue',
    ],
  ])('refuses %s', (_, change, action) => {
    const message = judged(change);
    expect(message).toContain('«AgentAccessUndeclared»');
    expect(message).toContain(action);
    expect(message).toContain('None of it is attached');
  });

  test('refuses it all in one finding, each request with its resource, its source line and the grant to paste', () => {
    const message = judged((stack, agent) => {
      new s3.Bucket(stack, 'Files').grantPut(agent);
      asks(agent, { actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:us-east-1:111122223333:jobs'] });
      asks(agent, { actions: ['dynamodb:PutItem'], resources: [TABLE_ARN] });
    });
    expect(message.match(/«AgentAccessUndeclared»/g)).toHaveLength(1);
    expect(message).toMatch(/1\. s3:.* on <Orders\/Files\.Arn>\/\* \(asked for at test\/roles\/seal\/.*\.ts:\d+:\d+\)/);
    expect(message).toContain("access: [StorageAccess.WRITE], purpose: '...' })");
    expect(message).toMatch(/2\. sqs:SendMessage on arn:aws:sqs:us-east-1:111122223333:jobs \(asked for at /);
    expect(message).toContain("new AgentAccessGrant(agent, 'Need', { actions: ['sqs:SendMessage']");
    expect(message).toMatch(/3\. dynamodb:PutItem on arn:aws:dynamodb:/);
    expect(message).toContain(
      "grant 'Orders' gives a part of it: remove this call, and if the agent needs the rest too, declare: new Agent",
    );
  });

  test.each<[string, iam.PolicyStatementProps, string]>([
    ['a denial', { effect: iam.Effect.DENY, actions: ['s3:*'], resources: ['*'] }, 'a denial of s3:*'],
    ['NotAction', { notActions: ['iam:*'], resources: ['*'] }, 'everything but a list (NotAction)'],
    ['NotResource', { actions: ['dynamodb:GetItem'], notResources: [TABLE_ARN] }, '(NotResource)'],
    ['an action on no resource', { actions: ['dynamodb:GetItem'] }, 'it names no resource'],
    ['a wildcard action', { actions: ['dynamodb:*'], resources: [TABLE_ARN] }, 'dynamodb:* on'],
    ['a wider resource', { actions: ['dynamodb:GetItem'], resources: [`${TABLE_ARN}*`] }, 'table/orders*'],
    [
      'another action beside a declared one',
      { actions: ['dynamodb:GetItem', 'dynamodb:Scan'], resources: [TABLE_ARN] },
      'dynamodb:Scan on',
    ],
  ])('refuses %s', (_, statement, words) => {
    const message = judged((_stack, agent) => asks(agent, statement));
    expect(message).toContain('«AgentAccessUndeclared»');
    expect(message).toContain(words);
  });

  test('refuses what is asked for under fewer conditions than the grant has', () => {
    const message = judged((_stack, agent) => {
      new AgentAccessGrant(agent, 'Jobs', {
        actions: ['sqs:ReceiveMessage'],
        resources: ['arn:aws:sqs:us-east-1:111122223333:jobs'],
        conditions: { StringEquals: { 'aws:ResourceAccount': ENV.account } },
        purpose: 'Takes jobs',
      });
      asks(agent, { actions: ['sqs:ReceiveMessage'], resources: ['arn:aws:sqs:us-east-1:111122223333:jobs'] });
    });
    expect(message).toContain('sqs:ReceiveMessage on arn:aws:sqs:us-east-1:111122223333:jobs');
  });

  test('refuses a statement that was narrowed only after it was asked for, as it stands at synth', () => {
    const statement = new iam.PolicyStatement({ actions: ['dynamodb:GetItem'], resources: [TABLE_ARN] });
    const message = judged((_stack, agent) => {
      agent.addToPrincipalPolicy(statement);
      statement.addActions('dynamodb:DeleteItem');
    });
    expect(message).toContain('dynamodb:DeleteItem');
  });
});

describe('what the grants declare', () => {
  function templateOf(change: (stack: Stack, agent: ScopedAgentRole) => void): unknown {
    const stack = newStack();
    const agent = newAgent(stack);
    grantTable(agent);
    change(stack, agent);
    return resourcesOf(stack, 'AWS::IAM::Policy');
  }
  const alone = templateOf(() => undefined);

  test.each<[string, iam.PolicyStatementProps]>([
    ['in the same words', { actions: ['dynamodb:GetItem'], resources: [TABLE_ARN] }],
    ['in other letters', { actions: ['DynamoDB:getitem'], resources: [TABLE_ARN] }],
    [
      'under one more condition',
      {
        actions: ['dynamodb:GetItem'],
        resources: [TABLE_ARN],
        conditions: { StringEquals: { 'dynamodb:LeadingKeys': 'a' } },
      },
    ],
  ])('is dropped when it is asked for %s', (_, statement) => {
    expect(templateOf((_stack, agent) => asks(agent, statement))).toEqual(alone);
  });

  test.each<[string, (stack: Stack, agent: ScopedAgentRole, bucket: s3.Bucket) => void]>([
    [
      'a statement split in two',
      (_stack, agent, bucket) => {
        for (const prefix of ['claims/a*', 'claims/?']) {
          asks(agent, { actions: ['s3:GetObject'], resources: [bucket.arnForObjects(prefix)], conditions: OF_ACCOUNT });
        }
      },
    ],
    [
      'a narrower prefix of the bucket, by the grant method of CDK',
      (_stack, agent, bucket) =>
        void iam.Grant.addToPrincipal({
          grantee: agent,
          actions: ['s3:GetObject'],
          resourceArns: [bucket.arnForObjects('claims/2026/*')],
          conditions: { StringEquals: { 's3:ResourceAccount': ENV.account, 'aws:PrincipalTag/team': 'claims' } },
        }),
    ],
    [
      'the listing of one folder',
      (_stack, agent, bucket) =>
        asks(agent, {
          actions: ['s3:ListBucket'],
          resources: [bucket.bucketArn],
          conditions: {
            StringEquals: { 's3:ResourceAccount': ENV.account },
            StringLike: { 's3:prefix': ['claims/2026/', 'claims/2026/*'] },
          },
        }),
    ],
    [
      'a part that is declared beside one that another grant declares',
      (_stack, agent, bucket) => {
        new AgentStorageGrant(agent, 'Letters', { bucket, prefix: 'letters/' });
        asks(agent, {
          actions: ['s3:GetObject'],
          resources: [bucket.arnForObjects('claims/a'), bucket.arnForObjects('letters/a')],
          conditions: OF_ACCOUNT,
        });
      },
    ],
  ])('is dropped when it is asked for as %s', (_, ask) => {
    const message = judged((stack, agent) => {
      const bucket = new s3.Bucket(stack, 'Files');
      new AgentStorageGrant(agent, 'Claims', { bucket, prefix: 'claims/' });
      ask(stack, agent, bucket);
    });
    expect(message).toBe('');
  });

  test.each<[string, (bucket: s3.Bucket, other: s3.Bucket, parameter: CfnParameter) => iam.PolicyStatementProps]>([
    ['a prefix beside', (bucket) => ({ resources: [bucket.arnForObjects('claims*')] })],
    ['another bucket of the app', (_, other) => ({ resources: [other.arnForObjects('claims/a')] })],
    ['a bucket by its name', () => ({ resources: ['arn:aws:s3:::files/claims/a'] })],
    [
      'the same without the account of the bucket',
      (bucket) => ({ resources: [bucket.arnForObjects('claims/a')], conditions: {} }),
    ],
    [
      'whatever account a parameter gives',
      (bucket, _, parameter) => ({
        resources: [bucket.arnForObjects('claims/a')],
        conditions: { StringLike: { 's3:ResourceAccount': parameter.valueAsString } },
      }),
    ],
  ])('refuses beside it: %s', (_, statement) => {
    const message = judged((stack, agent) => {
      const [bucket, other] = [new s3.Bucket(stack, 'Files'), new s3.Bucket(stack, 'Other')];
      new AgentStorageGrant(agent, 'Claims', { bucket, prefix: 'claims/' });
      const parameter = new CfnParameter(stack, 'P');
      asks(agent, { actions: ['s3:GetObject'], conditions: OF_ACCOUNT, ...statement(bucket, other, parameter) });
    });
    expect(message).toMatch(/«AgentAccessUndeclared».*\n\s+1\. s3:GetObject on /s);
    expect(message).not.toMatch(/\n\s+2\. /);
  });

  test('is told from what is asked for besides, resource by resource', () => {
    const message = judged((stack, agent) => {
      const bucket = new s3.Bucket(stack, 'Files');
      new AgentStorageGrant(agent, 'Claims', { bucket, prefix: 'claims/' });
      asks(agent, {
        actions: ['s3:GetObject'],
        resources: [bucket.arnForObjects('claims/a'), bucket.arnForObjects('letters/a')],
        conditions: OF_ACCOUNT,
      });
    });
    expect(message).toContain('s3:GetObject on <Orders/Files.Arn>/letters/a (asked for at');
    expect(message).not.toContain('claims/a');
  });

  test('is known in a stack without account and region', () => {
    const app = newApp();
    const stack = newStack(app, 'Orders', {});
    const agent = newAgent(stack);
    new AgentAccessGrant(agent, 'Jobs', {
      actions: ['sqs:ReceiveMessage'],
      resources: [
        stack.formatArn({ service: 'sqs', resource: 'jobs-a' }),
        stack.formatArn({ service: 'sqs', resource: 'jobs-b' }),
      ],
    });
    asks(agent, {
      actions: ['sqs:ReceiveMessage'],
      resources: [stack.formatArn({ service: 'sqs', resource: 'jobs-a' })],
      conditions: { StringEquals: { 'aws:ResourceAccount': stack.account } },
    });
    expect(synthError(app)).toBe('');
  });

  test('is dropped when a lookup by reference and a grant by reference mean the same bucket', () => {
    const message = judged((stack, agent) => {
      const bucket = new s3.Bucket(stack, 'Files');
      new AgentStorageGrant(agent, 'Claims', { bucket, prefix: 'claims/' });
      asks(agent, {
        actions: ['s3:GetObject'],
        resources: [bucket.arnForObjects('claims/*')],
        conditions: { StringEquals: { 's3:ResourceAccount': ENV.account } },
      });
    });
    expect(message).toBe('');
  });
});

describe('grants that CDK would rather write into the resource', () => {
  test('do not leak into a bucket, queue or topic policy', () => {
    const stack = newStack();
    const agent = newAgent(stack);
    const targets = [
      new s3.Bucket(stack, 'Files'),
      new sqs.Queue(stack, 'Jobs'),
      new sns.Topic(stack, 'News'),
    ] as const;
    targets[0].grantRead(agent);
    targets[1].grantSendMessages(agent);
    targets[2].grantPublish(agent);
    const message = synthError(stack.node.root as App);
    expect(message).toContain('«AgentAccessUndeclared»');
    expect(message).not.toContain('«AgentResourcePolicy»');
    expect(targets.map((target) => target.node.tryFindChild('Policy'))).toEqual([undefined, undefined, undefined]);
  });

  test('refuses the key of a secret, whose policy names the agent through Secrets Manager', () => {
    const message = judged((stack, agent) => {
      const encryptionKey = new kms.Key(stack, 'Key');
      new secretsmanager.Secret(stack, 'Secret', { encryptionKey }).grantRead(agent);
    });
    expect(message).toContain('secretsmanager:GetSecretValue');
    expect(message).toContain('«AgentResourcePolicy»');
  });

  test('pass for a secret and its key when both are declared', () => {
    const message = judged((stack, agent) => {
      const encryptionKey = new kms.Key(stack, 'Key');
      const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey });
      new AgentAccessGrant(agent, 'Password', {
        actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
        resources: [secret.secretArn],
      });
      new AgentKeyGrant(agent, 'SecretKey', { key: encryptionKey, viaService: 'secretsmanager' });
      secret.grantRead(agent);
    });
    expect(message).toBe('');
  });

  test.each<[string, (stack: Stack, agent: ScopedAgentRole) => void]>([
    ['a queue', (stack, agent) => new sqs.Queue(stack, 'Q', { queueName: 'q' }).grantSendMessages(agent)],
    ['a topic', (stack, agent) => new sns.Topic(stack, 'T', { topicName: 't' }).grantPublish(agent)],
    ['a repository', (stack, agent) => new ecr.Repository(stack, 'R', { repositoryName: 'images' }).grantPull(agent)],
    ['a bucket', (stack, agent) => new s3.Bucket(stack, 'B', { bucketName: 'files' }).grantRead(agent)],
    ['a key', (stack, agent) => new kms.Key(stack, 'K').grantDecrypt(agent)],
  ])('refuses the policy of %s in another account, which names the agent', (_, change) => {
    const app = newApp();
    const agent = newAgent(newStack(app), 'Agent', { roleName: 'orders-agent-role' });
    change(newStack(app, 'Other', { env: { ...ENV, account: '444455556666' } }), agent);
    const message = synthError(app);
    expect(message).toContain('«AgentAccessUndeclared»');
    expect(message).toContain('«AgentResourcePolicy»');
  });
});

test('refuses a statement that reaches the role after the method of the construct was replaced', () => {
  const message = judged((stack, agent) => {
    const policy = new iam.ManagedPolicy(stack, 'Quiet');
    agent.addToPrincipalPolicy = (statement) => {
      policy.addStatements(statement);
      return { statementAdded: true, policyDependable: policy };
    };
    new s3.Bucket(stack, 'Files').grantRead(agent);
    policy.attachToRole(agent);
  });
  expect(message).toContain('«AgentPolicyAttached»');
});
