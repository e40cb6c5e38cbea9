import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { CfnResource, Fn, type Stack, Tags } from 'aws-cdk-lib/core';
import { AgentAccessGrant, AgentHost, type ScopedAgentRole } from 'cdk-least-agency';
import { ENV, judged, ROLE_NAME } from '../agent-fixture';

type Change = (stack: Stack, agent: ScopedAgentRole) => void;

const allow = (
  principals: iam.IPrincipal[],
  actions: string[],
  props: iam.PolicyStatementProps = {},
): iam.PolicyStatement => new iam.PolicyStatement({ principals, actions, resources: ['*'], ...props });
const invokes = (principal: unknown, extra: object = {}): object => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: principal, Action: 'bedrock-agentcore:InvokeAgentRuntime', Resource: '*', ...extra },
  ],
});
const queuePolicy = (stack: Stack, statement: object): CfnResource =>
  new sqs.CfnQueuePolicy(stack, 'QP', {
    queues: ['https://sqs.us-east-1.amazonaws.com/111122223333/jobs'],
    policyDocument: { Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*', ...statement }] },
  });

describe('the policy of a resource that names the agent', () => {
  test.each<[string, Change, string]>([
    [
      'a key policy',
      (stack, agent) => new kms.Key(stack, 'K').addToResourcePolicy(allow([agent], ['kms:Decrypt'])),
      'kms:Decrypt on <Orders/K.Arn>',
    ],
    [
      'a bucket policy',
      (stack, agent) => new s3.Bucket(stack, 'B').addToResourcePolicy(allow([agent], ['s3:GetObject'])),
      's3:GetObject on *',
    ],
    [
      'a queue policy',
      (stack, agent) => new sqs.Queue(stack, 'Q').addToResourcePolicy(allow([agent], ['sqs:SendMessage'])),
      'sqs:SendMessage',
    ],
    [
      'a topic policy',
      (stack, agent) => new sns.Topic(stack, 'T').addToResourcePolicy(allow([agent], ['sns:Publish'])),
      'sns:Publish',
    ],
    [
      'a secret policy',
      (stack, agent) =>
        new secretsmanager.Secret(stack, 'S').addToResourcePolicy(allow([agent], ['secretsmanager:GetSecretValue'])),
      'secretsmanager:GetSecretValue on <Orders/S>',
    ],
    [
      'a repository policy',
      (stack, agent) =>
        new ecr.Repository(stack, 'R').addToResourcePolicy(
          new iam.PolicyStatement({ principals: [agent], actions: ['ecr:PutImage'] }),
        ),
      'ecr:PutImage on <Orders/R.Arn>',
    ],
    [
      'a Lambda permission',
      (stack, agent) =>
        new lambda.CfnPermission(stack, 'P', {
          action: 'lambda:InvokeFunction',
          functionName: 'lookup',
          principal: agent.roleArn,
        }),
      'lambda:InvokeFunction on lookup',
    ],
    [
      'the trust policy of another role',
      (stack, agent) => new iam.Role(stack, 'Other', { assumedBy: agent }),
      'sts:AssumeRole on <Orders/Other.Arn>',
    ],
    [
      'an AgentCore resource policy, as JSON text',
      (stack, agent) =>
        new agentcore.CfnResourcePolicy(stack, 'A', {
          resourceArn: 'arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/other-aaaaaaaaaa',
          policy: stack.toJsonString(invokes({ AWS: agent.roleArn })),
        }),
      'bedrock-agentcore:InvokeAgentRuntime on *',
    ],
    [
      'an AgentCore resource policy, joined by hand',
      (stack, agent) =>
        new agentcore.CfnResourcePolicy(stack, 'A', {
          resourceArn: 'x',
          policy: Fn.join('', [
            '{"Statement":[{"Effect":"Allow","Action":"bedrock-agentcore:*","Resource":"*","Principal":{"AWS":["',
            agent.roleArn,
            '"]}}]}',
          ]),
        }),
      'bedrock-agentcore:* on *',
    ],
    [
      'an AgentCore resource policy, by Fn::ToJsonString',
      (stack, agent) =>
        new CfnResource(stack, 'A', {
          type: 'AWS::BedrockAgentCore::ResourcePolicy',
          properties: { ResourceArn: 'x', Policy: { 'Fn::ToJsonString': invokes({ AWS: [agent.roleArn] }) } },
        }),
      'bedrock-agentcore:InvokeAgentRuntime on *',
    ],
    [
      'a Bedrock resource policy',
      (stack, agent) =>
        new bedrock.CfnResourcePolicy(stack, 'A', {
          resourceArn: 'arn:aws:bedrock:us-east-1:111122223333:guardrail/x',
          policyDocument: invokes({ AWS: agent.roleArn }),
        }),
      'bedrock-agentcore:InvokeAgentRuntime',
    ],
    [
      'a policy on one side of an Fn::If',
      (stack, agent) =>
        new CfnResource(stack, 'A', {
          type: 'AWS::SQS::QueuePolicy',
          properties: { PolicyDocument: { 'Fn::If': ['C', invokes({ AWS: agent.roleArn }), { Ref: 'AWS::NoValue' }] } },
        }),
      'InvokeAgentRuntime',
    ],
    [
      'a statement on one side of an Fn::If',
      (stack, agent) =>
        queuePolicy(stack, {}).addPropertyOverride('PolicyDocument.Statement', [
          {
            'Fn::If': [
              'C',
              { Effect: 'Allow', Action: 'sqs:*', Resource: '*', Principal: { AWS: agent.roleArn } },
              { Ref: 'AWS::NoValue' },
            ],
          },
        ]),
      'sqs:* on *',
    ],
  ])('refuses %s', (_, change, words) => {
    const message = judged(change);
    expect(message).toContain('«AgentResourcePolicy» the policy of Orders/');
    expect(message).toContain("gives agent 'orders-agent' what none of its grants declares");
    expect(message).toContain(words);
  });

  test.each<[string, (agent: ScopedAgentRole) => object]>([
    ['as a plain principal', (agent) => ({ Principal: agent.roleArn })],
    [
      'in a list of principals',
      (agent) => ({ Principal: { AWS: ['arn:aws:iam::111122223333:role/other', agent.roleArn] } }),
    ],
    [
      'in a principal that only CloudFormation knows',
      (agent) => ({ Principal: { 'Fn::If': ['C', { AWS: agent.roleArn }, '*'] } }),
    ],
    [
      'in a list that is split from a text',
      (agent) => ({ Principal: { AWS: Fn.split(',', Fn.join(',', ['x', agent.roleArn])) } }),
    ],
    [
      'by the ARN of its sessions',
      (agent) => ({ Principal: { AWS: `arn:aws:sts::111122223333:assumed-role/${agent.roleName}/task` } }),
    ],
    ['by its id', (agent) => ({ Principal: '*', Condition: { StringLike: { 'aws:userId': `${agent.roleId}:*` } } })],
    [
      'by a condition on the caller',
      (agent) => ({ Principal: { AWS: '*' }, Condition: { ArnEquals: { 'aws:PrincipalArn': agent.roleArn } } }),
    ],
    [
      'by everybody but others',
      (agent) => ({ NotPrincipal: { AWS: 'x' }, Condition: { ArnEquals: { 'aws:PrincipalArn': agent.roleArn } } }),
    ],
    ['with NotAction', (agent) => ({ Principal: agent.roleArn, Action: undefined, NotAction: 'sqs:SendMessage' })],
  ])('refuses it %s', (_, statement) => {
    expect(judged((stack, agent) => queuePolicy(stack, statement(agent)))).toContain('«AgentResourcePolicy»');
  });

  test.each<[string, object]>([
    ['by its literal ARN', { Principal: { AWS: `arn:aws:iam::${ENV.account}:role/${ROLE_NAME}` } }],
    ['by a literal ARN with a path', { Principal: { AWS: `arn:aws:iam::${ENV.account}:role/agents/${ROLE_NAME}` } }],
    [
      'by an ARN with pseudo parameters',
      { Principal: { AWS: { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${ROLE_NAME}` } } },
    ],
    [
      'by the literal ARN of its sessions',
      { Principal: { AWS: `arn:aws:sts::${ENV.account}:assumed-role/${ROLE_NAME}/task` } },
    ],
    [
      'by a pattern for its sessions',
      { Principal: '*', Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:sts::*:assumed-role/${ROLE_NAME}/*` } } },
    ],
    [
      'by a pattern for its ARN',
      { Principal: '*', Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/orders-*' } } },
    ],
    [
      'by a pattern for all roles of the account',
      {
        Principal: { AWS: ENV.account },
        Condition: { StringLike: { 'AWS:principalarn': 'arn:aws:iam::111122223333:role/*' } },
      },
    ],
    [
      'by the tag that names it',
      { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalTag/AgentName': 'orders-agent' } } },
    ],
    [
      'by the tag of all agents',
      {
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Condition: { StringEquals: { 'aws:principaltag/principaltype': ['Human', 'Agent'] } },
      },
    ],
  ])('refuses it %s', (_, statement) => {
    const message = judged((stack) => queuePolicy(stack, statement), { roleName: ROLE_NAME });
    expect(message).toContain('«AgentResourcePolicy»');
  });

  test('refuses it by a tag that somebody else put on the role', () => {
    const message = judged((stack, agent) => {
      Tags.of(agent).add('aws-cdk:id', 'x');
      queuePolicy(stack, { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalTag/aws-cdk:id': 'x' } } });
    });
    expect(message).toContain('«AgentResourcePolicy»');
  });

  test.each<[string, (agent: ScopedAgentRole) => string]>([
    ['JSON text that can not be parsed', (agent) => `{"Statement": ${agent.roleArn}`],
    ['a policy that only CloudFormation can put together', (agent) => Fn.select(0, [agent.roleArn, 'x'])],
  ])('refuses %s', (_, policy) => {
    const message = judged(
      (stack, agent) => new agentcore.CfnResourcePolicy(stack, 'A', { resourceArn: 'x', policy: policy(agent) }),
    );
    expect(message).toContain(
      "a statement that can't be judged: Policy is a policy that only CloudFormation can put together",
    );
  });
});

describe('policies that leave the agent where it is', () => {
  test.each<[string, object]>([
    ['a denial', { Effect: 'Deny', Principal: { AWS: `arn:aws:iam::${ENV.account}:role/${ROLE_NAME}` } }],
    [
      'a role of the same name in another account',
      { Principal: { AWS: `arn:aws:iam::444455556666:role/${ROLE_NAME}` } },
    ],
    ['a role whose name only starts alike', { Principal: { AWS: `arn:aws:iam::${ENV.account}:role/${ROLE_NAME}-2` } }],
    ['a role whose path is alike', { Principal: { AWS: `arn:aws:iam::${ENV.account}:role/${ROLE_NAME}/other` } }],
    [
      'another agent by its tag',
      {
        Principal: '*',
        Condition: {
          StringEquals: { 'aws:PrincipalTag/AgentName': 'other', 'aws:PrincipalTag/Owner': 'orders@example.com' },
        },
      },
    ],
    [
      'callers without the tag of agents',
      { Principal: '*', Condition: { StringNotEquals: { 'aws:PrincipalTag/PrincipalType': 'Agent' } } },
    ],
    [
      'callers that do not fit a pattern',
      { Principal: '*', Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } } },
    ],
    [
      'another principal that has to fit a pattern too',
      {
        Principal: { AWS: 'arn:aws:iam::111122223333:role/other' },
        Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } },
      },
    ],
    ['a service', { Principal: { Service: 'events.amazonaws.com' } }],
  ])('pass for %s', (_, statement) => {
    expect(judged((stack) => queuePolicy(stack, statement), { roleName: ROLE_NAME })).toBe('');
  });

  test('pass when a policy about other callers has a statement that can not be read', () => {
    const message = judged((stack) => {
      queuePolicy(stack, {}).addPropertyOverride('PolicyDocument.Statement', [
        {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Principal: '*',
          Condition: { Null: { 'aws:PrincipalArn': 'true' } },
        },
        { 'Fn::Transform': { Name: 'AWS::Include' } },
      ]);
    });
    expect(message).toBe('');
  });

  test('pass when they give what a grant declares, in the same words', () => {
    const message = judged((stack, agent) => {
      const queue = new sqs.Queue(stack, 'Q');
      new AgentAccessGrant(agent, 'Send', {
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        purpose: 'Tells the workers',
      });
      queue.addToResourcePolicy(allow([agent], ['sqs:SendMessage'], { resources: [queue.queueArn] }));
    });
    expect(message).toBe('');
  });

  test('pass for a role that a grant lets the agent assume', () => {
    const message = judged((stack, agent) => {
      const reader = new iam.Role(stack, 'Reader', { assumedBy: agent });
      new AgentAccessGrant(agent, 'Reader', {
        actions: ['sts:AssumeRole'],
        resources: [reader.roleArn],
        purpose: 'Reads as the user',
      });
    });
    expect(message).toBe('');
  });

  test('pass for an identity policy of somebody else with a condition on agents', () => {
    const message = judged((stack) => {
      new iam.ManagedPolicy(stack, 'M', {
        statements: [
          new iam.PolicyStatement({
            actions: ['s3:ListAllMyBuckets'],
            resources: ['*'],
            conditions: { StringEquals: { 'aws:PrincipalTag/PrincipalType': 'Agent' } },
          }),
        ],
        users: [new iam.User(stack, 'U')],
      });
    });
    expect(message).toBe('');
  });

  test('pass for the resource-side permission of a function that a Bedrock agent calls', () => {
    const message = judged(
      (stack) => {
        new lambda.CfnPermission(stack, 'P', {
          action: 'lambda:InvokeFunction',
          functionName: 'f',
          principal: 'bedrock.amazonaws.com',
        });
      },
      { host: AgentHost.bedrockAgent() },
    );
    expect(message).toBe('');
  });
});
