import { CfnAccessPolicy } from 'aws-cdk-lib/aws-opensearchserverless';
import { CfnResource, Duration, type Stack } from 'aws-cdk-lib/core';
import type { ScopedAgentRole } from 'cdk-least-agency';
import { grantTable, newAgent, newApp, newStack, synthError } from './agent-fixture';
import { type Contract, contractOf, infosOf } from './assembly';

function contract(
  change: (stack: Stack, agent: ScopedAgentRole) => void = () => undefined,
  context: Record<string, unknown> = {},
): { contract: Contract; infos: string[] } {
  const app = newApp(context);
  const stack = newStack(app);
  const agent = newAgent(stack, 'Agent', {
    environment: 'prod',
    reviewBy: '2027-01-31',
    maxSessionDuration: Duration.hours(2),
    maxSessionDurationReason: 'Long reports',
  });
  grantTable(agent);
  change(stack, agent);
  const assembly = app.synth();
  return { contract: contractOf(assembly, 'Orders/Agent'), infos: infosOf(assembly, 'Orders/Agent') };
}

test('the contract says what the agent is, who may assume its role, and what it may do', () => {
  expect(contract().contract).toEqual({
    version: 1,
    agentName: 'orders-agent',
    owner: 'orders@example.com',
    environment: 'prod',
    reviewBy: '2027-01-31',
    host: { kind: 'ecsTask', label: 'ECS task' },
    session: { seconds: 7200, reason: 'Long reports' },
    grants: [
      expect.objectContaining({ id: 'Host', type: 'baseline', actions: [] }),
      expect.objectContaining({
        id: 'Orders',
        type: 'AgentAccessGrant',
        accessLevels: ['Read'],
        actions: ['dynamodb:GetItem'],
        unscopable: [],
      }),
    ],
    statements: 1,
    size: {
      policies: [{ kind: 'inline', characters: expect.any(Number), upTo: false, limit: 10_240 }],
      trust: { characters: expect.any(Number), upTo: false, limit: 2_048 },
    },
    trust:
      'ecs-tasks.amazonaws.com where aws:SourceAccount = 111122223333 and aws:SourceArn = arn:aws:ecs:us-east-1:111122223333:*',
    boundary: { shown: 'Orders/LeastAgencyBoundary/Resource', source: 'library', inSight: true },
    proof: expect.objectContaining({ relation: 'equal', certainty: 'proved' }),
    notes: [expect.stringContaining('every ECS task of the account and region')],
  });
});

test('the contract is written where CDK keeps its metadata elsewhere', () => {
  expect(contract(undefined, { '@aws-cdk/core:annotationErrorReporting': true }).contract.agentName).toBe(
    'orders-agent',
  );
});

describe('what is out of sight', () => {
  test.each<[string, (stack: Stack, agent: ScopedAgentRole) => void, string]>([
    [
      'a macro',
      (stack) => stack.addTransform('MyMacro'),
      'the transform MyMacro of Orders may change the template at deployment: not judged',
    ],
    [
      'AWS::Include in a resource',
      (stack) =>
        void new CfnResource(stack, 'Api', {
          type: 'AWS::ApiGateway::RestApi',
          properties: { Body: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/k' } } } },
        }),
      'the transform AWS::Include of Orders/Api may change the template at deployment: not judged',
    ],
    [
      'a data access policy that is no IAM policy',
      (stack, agent) =>
        void new CfnAccessPolicy(stack, 'Data', {
          name: 'data',
          type: 'data',
          policy: stack.toJsonString([
            {
              Rules: [{ ResourceType: 'index', Resource: ['index/c/*'], Permission: ['aoss:ReadDocument'] }],
              Principal: [agent.roleArn],
            },
          ]),
        }),
      'Orders/Data (AWS::OpenSearchServerless::AccessPolicy) names the role in Policy.Principal: that is no IAM policy, and was not judged',
    ],
    [
      'a custom resource that is told the role',
      (stack, agent) =>
        void new CfnResource(stack, 'Map', {
          type: 'Custom::Mapping',
          properties: { Principal: agent.roleArn, ServiceToken: 'arn' },
        }),
      'Orders/Map (Custom::Mapping) names the role in Principal',
    ],
  ])('is noted, in the contract and at synth: %s', (_, change, note) => {
    const { contract: written, infos } = contract(change);
    expect(written.notes).toContainEqual(expect.stringContaining(note));
    expect(infos).toContainEqual(expect.stringContaining(note));
  });

  test('is not what only adds functions to the language', () => {
    const { contract: written } = contract((stack) => stack.addTransform('AWS::LanguageExtensions'));
    expect(written.notes).toHaveLength(1);
  });
});

test('the notes do not pile up when the same app is synthesized again', () => {
  const app = newApp();
  const stack = newStack(app);
  stack.addTransform('MyMacro');
  newAgent(stack);
  app.synth();
  const again = app.synth({ force: true });
  expect(infosOf(again, 'Orders/Agent').filter((info) => info.includes('MyMacro'))).toHaveLength(1);
  expect(contractOf(again, 'Orders/Agent').notes.filter((note) => note.includes('MyMacro'))).toHaveLength(1);
});

test('refuses an agent whose judgement breaks down', () => {
  const app = newApp();
  const stack = newStack(app);
  const agent = newAgent(stack);
  Object.defineProperty(agent._attachments, 'filled', {
    get: () => {
      throw new Error('no policies here');
    },
  });
  expect(synthError(app)).toContain(
    "«AgentNotJudged» agent 'orders-agent' could not be judged, so nothing is said to be safe: no policies here",
  );
});
