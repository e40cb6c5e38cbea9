import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { AgentAccessGrant, AgentHost, AgentKeyGrant, ScopedAgentRole } from 'cdk-least-agency';
import { ACCOUNT, OTHER_ACCOUNT, REGION, SynthesizedAgent } from './agent-fixture';
import { synthRefusal } from './refusals';

const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

describe('DynamoDB: the items of one tenant, in a table and in one of its indexes', () => {
  const agent = SynthesizedAgent.with((agent, stack) => {
    const tenant = { name: 'tenant', type: dynamodb.AttributeType.STRING };
    const day = { name: 'day', type: dynamodb.AttributeType.STRING };
    const table = new dynamodb.Table(stack, 'Orders', { tableName: 'orders', partitionKey: tenant });
    table.addGlobalSecondaryIndex({ indexName: 'by-day', partitionKey: tenant, sortKey: day });

    // README: begin
    new AgentAccessGrant(agent, 'Orders', {
      actions: ['dynamodb:GetItem', 'dynamodb:Query'],
      // An index is another resource, with partition keys of its own: here both have the tenant.
      resources: [table.tableArn, `${table.tableArn}/index/by-day`],
      conditions: {
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': 'tenant-a' },
        // ForAllValues is met by requests without the key too, so the key is asked for.
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    });
    // README: end
  });
  const table = arn('dynamodb', 'table/orders');
  const of = (...tenants: string[]) => ({ 'dynamodb:LeadingKeys': tenants });

  test('can be read and queried', () => {
    expect(agent.allows('dynamodb:GetItem', table, of('tenant-a'))).toBe(true);
    expect(agent.allows('dynamodb:Query', table, of('tenant-a'))).toBe(true);
    expect(agent.allows('dynamodb:Query', `${table}/index/by-day`, of('tenant-a'))).toBe(true);
  });

  test.each([
    ['items of another tenant', 'dynamodb:GetItem', table, of('tenant-b')],
    ['items of both tenants', 'dynamodb:Query', table, of('tenant-a', 'tenant-b')],
    ['items of another tenant by the index', 'dynamodb:Query', `${table}/index/by-day`, of('tenant-b')],
    ['items without saying whose', 'dynamodb:Query', table, {}],
    ['all items', 'dynamodb:Scan', table, {}],
    ['all items by the index', 'dynamodb:Scan', `${table}/index/by-day`, {}],
    ['items by PartiQL', 'dynamodb:PartiQLSelect', table, of('tenant-a')],
    ['many items', 'dynamodb:BatchGetItem', table, of('tenant-a')],
    ['items by another index', 'dynamodb:Query', `${table}/index/by-day-2`, of('tenant-a')],
    ['items of another table', 'dynamodb:GetItem', `${table}-2`, of('tenant-a')],
    ["another account's items", 'dynamodb:GetItem', table.replace(ACCOUNT, OTHER_ACCOUNT), of('tenant-a')],
    ['by writing them', 'dynamodb:PutItem', table, of('tenant-a')],
    ['by deleting them', 'dynamodb:DeleteItem', table, of('tenant-a')],
  ])('are all: it never gets %s', (_, action, resource, context) => {
    expect(agent.allows(action, resource, context)).toBe(false);
  });
});

describe('Secrets Manager: one secret of the app, with its key', () => {
  const agent = SynthesizedAgent.with((agent, stack) => {
    const key = new kms.Key(stack, 'Key');
    const token = new secretsmanager.Secret(stack, 'Token', { secretName: 'orders/token', encryptionKey: key });

    // README: begin
    new AgentAccessGrant(agent, 'Token', {
      actions: ['secretsmanager:GetSecretValue'],
      resources: [token.secretArn],
    });
    new AgentKeyGrant(agent, 'TokenKey', { key, viaService: 'secretsmanager' });
    // README: end
  });
  const secret = arn('secretsmanager', 'secret:orders/token-AbCdEf');
  const key = String(agent.statements[1]?.Resource);
  const via = (service: string) => ({ 'kms:ViaService': `${service}.${REGION}.amazonaws.com` });

  test('can be read', () => {
    expect(agent.allows('secretsmanager:GetSecretValue', secret)).toBe(true);
    expect(agent.allows('kms:Decrypt', key, via('secretsmanager'))).toBe(true);
  });

  test.each([
    ['another secret', 'secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:orders/other-AbCdEf'), {}],
    [
      'a secret whose name goes on',
      'secretsmanager:GetSecretValue',
      arn('secretsmanager', 'secret:orders/token-prod-AbCdEf'),
      {},
    ],
    ['the list of secrets', 'secretsmanager:ListSecrets', '*', {}],
    ['many secrets', 'secretsmanager:BatchGetSecretValue', '*', {}],
    ['to write it', 'secretsmanager:PutSecretValue', secret, {}],
    ['to open it to others', 'secretsmanager:PutResourcePolicy', secret, {}],
    ['the key directly', 'kms:Decrypt', key, {}],
    ['the key through another service', 'kms:Decrypt', key, via('s3')],
    ['to encrypt with the key', 'kms:Encrypt', key, via('secretsmanager')],
  ])('is all: it never gets %s', (_, action, resource, context) => {
    expect(agent.allows(action, resource, context)).toBe(false);
  });
});

describe('Secrets Manager: one secret by its name', () => {
  const agent = SynthesizedAgent.with((agent, stack) => {
    // README: begin
    const partner = secretsmanager.Secret.fromSecretNameV2(stack, 'Partner', 'orders/partner');
    new AgentAccessGrant(agent, 'Partner', {
      actions: ['secretsmanager:GetSecretValue'],
      // Secrets Manager adds six letters to the name; `-*` would take in orders/partner-prod too.
      resources: [`${partner.secretArn}-??????`],
    });
    // README: end
  });

  test.each([
    ['orders/partner-AbCdEf', true],
    ['orders/partner-prod-AbCdEf', false],
    ['orders/partner-AbCdE', false],
    ['orders/partner-AbCdEfG', false],
    ['orders/partner', false],
    ['orders/partne-AbCdEf', false],
  ])('%s: %s', (name, readable) => {
    expect(agent.allows('secretsmanager:GetSecretValue', arn('secretsmanager', `secret:${name}`))).toBe(readable);
  });
});

describe('SQS: sending to one queue', () => {
  const agent = SynthesizedAgent.with((agent, stack) => {
    const queue = new sqs.Queue(stack, 'Returns', { queueName: 'returns' });

    // README: begin
    new AgentAccessGrant(agent, 'Returns', {
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      purpose: 'hands returns to the warehouse',
    });
    // README: end
  });
  const queue = arn('sqs', 'returns');

  test('works', () => {
    expect(agent.allows('sqs:SendMessage', queue)).toBe(true);
  });

  test.each([
    ['to another queue', 'sqs:SendMessage', `${queue}-2`],
    ["to another account's queue", 'sqs:SendMessage', queue.replace(ACCOUNT, OTHER_ACCOUNT)],
    ['and receiving', 'sqs:ReceiveMessage', queue],
    ['and deleting', 'sqs:DeleteMessage', queue],
    ['and emptying', 'sqs:PurgeQueue', queue],
    ['and opening it to others', 'sqs:AddPermission', queue],
  ])('is all: never %s', (_, action, resource) => {
    expect(agent.allows(action, resource)).toBe(false);
  });
});

describe('AgentCore memory: the events of one actor, and the records of one namespace', () => {
  const agent = SynthesizedAgent.with((agent, stack) => {
    const memory = new agentcore.Memory(stack, 'Memory', {
      memoryName: 'orders',
      expirationDuration: Duration.days(30),
    });

    // README: begin
    new AgentAccessGrant(agent, 'Conversation', {
      actions: ['bedrock-agentcore:CreateEvent', 'bedrock-agentcore:ListEvents'],
      resources: [memory.memoryArn],
      conditions: { StringEquals: { 'bedrock-agentcore:actorId': 'orders-agent' } },
      purpose: 'remembers the conversation',
    });
    // Records have namespaces, not actors. The slash at the end keeps /orders-2/ out.
    new AgentAccessGrant(agent, 'Facts', {
      actions: ['bedrock-agentcore:RetrieveMemoryRecords'],
      resources: [memory.memoryArn],
      conditions: { StringLike: { 'bedrock-agentcore:namespace': ['/orders/', '/orders/*'] } },
    });
    // README: end
  });
  const memory = String(agent.statements[0]?.Resource);
  const actor = (actorId: string) => ({ 'bedrock-agentcore:actorId': actorId });
  const within = (namespace: string) => ({ 'bedrock-agentcore:namespace': namespace });

  test('can be written, listed and retrieved', () => {
    expect(memory).toMatch(/^arn:aws:bedrock-agentcore:us-east-1:111122223333:memory\//);
    expect(agent.allows('bedrock-agentcore:CreateEvent', memory, actor('orders-agent'))).toBe(true);
    expect(agent.allows('bedrock-agentcore:ListEvents', memory, actor('orders-agent'))).toBe(true);
    expect(agent.allows('bedrock-agentcore:RetrieveMemoryRecords', memory, within('/orders/'))).toBe(true);
    expect(agent.allows('bedrock-agentcore:RetrieveMemoryRecords', memory, within('/orders/2026/'))).toBe(true);
  });

  test.each([
    ['events of another actor', 'bedrock-agentcore:ListEvents', memory, actor('other-agent')],
    ['events of no actor', 'bedrock-agentcore:ListEvents', memory, {}],
    ['to write in the name of another actor', 'bedrock-agentcore:CreateEvent', memory, actor('other-agent')],
    ['records of another namespace', 'bedrock-agentcore:RetrieveMemoryRecords', memory, within('/orders-2/')],
    ['records of the namespace above', 'bedrock-agentcore:RetrieveMemoryRecords', memory, within('/')],
    ['records of no namespace', 'bedrock-agentcore:RetrieveMemoryRecords', memory, {}],
    ['records by their ids, which know no namespace', 'bedrock-agentcore:GetMemoryRecord', memory, {}],
    ['the list of actors', 'bedrock-agentcore:ListActors', memory, {}],
    ['to delete events', 'bedrock-agentcore:DeleteEvent', memory, actor('orders-agent')],
    [
      'another memory',
      'bedrock-agentcore:ListEvents',
      arn('bedrock-agentcore', 'memory/other-0123456789'),
      actor('orders-agent'),
    ],
  ])('are all: it never gets %s', (_, action, resource, context) => {
    expect(agent.allows(action, resource, context)).toBe(false);
  });

  test('refuses the actor on records: the request does not carry it, so that nothing would be allowed', () => {
    const declare = (agent: ScopedAgentRole) =>
      new AgentAccessGrant(agent, 'Facts', {
        actions: ['bedrock-agentcore:RetrieveMemoryRecords'],
        resources: [arn('bedrock-agentcore', 'memory/orders-0123456789')],
        conditions: { StringEquals: { 'bedrock-agentcore:actorId': 'orders-agent' } },
      });
    expect(() => synthRefusal(declare)).toThrow(
      "'bedrock-agentcore:actorId' is not one that bedrock-agentcore:Retrieve",
    );
  });
});

describe('Lambda: a dead-letter queue of the function that runs the agent', () => {
  /** The function and its queue, with the agent's grant or without. */
  const synthesized = (declared: boolean): SynthesizedAgent => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'Orders', {
      env: { account: ACCOUNT, region: REGION },
    });
    const logGroup = new logs.LogGroup(stack, 'Log');
    const agent = new ScopedAgentRole(stack, 'Agent', {
      agentName: 'orders-agent',
      owner: 'orders@example.com',
      host: AgentHost.lambdaFunction({ logGroup }),
    });

    // README: begin
    const deadLetterQueue = new sqs.Queue(stack, 'Failed', { queueName: 'failed', enforceSSL: true });
    if (declared) {
      new AgentAccessGrant(agent, 'Failed', {
        actions: ['sqs:SendMessage'],
        resources: [deadLetterQueue.queueArn],
        purpose: 'keeps events that failed',
      });
    }
    new lambda.Function(stack, 'Function', {
      role: agent,
      logGroup,
      deadLetterQueue,
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {};'),
    });
    // README: end
    return SynthesizedAgent.of(agent);
  };

  test('takes failed events, and gives the role nothing more', () => {
    const agent = synthesized(true);
    const queue = arn('sqs', 'failed');
    expect(agent.allows('sqs:SendMessage', queue)).toBe(true);
    expect(agent.allows('sqs:ReceiveMessage', queue)).toBe(false);
    expect(agent.allows('sqs:SendMessage', `${queue}-2`)).toBe(false);
    expect(agent.statements.flatMap(({ Action: actions }) => actions)).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'sqs:SendMessage',
    ]);
  });

  test('refuses what the function asks for without a grant, and shows the grant', () => {
    expect(() => synthesized(false)).toThrow(
      /«AgentAccessUndeclared»[\s\S]*sqs:SendMessage on [\s\S]*new AgentAccessGrant\(agent, /,
    );
  });
});
