import { AgentAccessGrant } from 'cdk-least-agency';
import { actionGlob, matchesAction } from '../../lib/policy/match/action-glob';
import { actionNames, findAction } from '../../lib/policy/reference/service-reference';
import { ASSUME_ROLE_DENIAL, BOUNDARY_DENIALS } from '../../lib/roles/boundary-denials';
import { newAgent, newApp, newStack, resourcesOf } from './agent-fixture';

const patterns = BOUNDARY_DENIALS.flatMap(({ actions }) => actions);
const globs = [...patterns, ASSUME_ROLE_DENIAL.action].map((pattern) => actionGlob([pattern]));
const denied = (action: string): boolean => globs.some((glob) => matchesAction(glob, action));

describe.each(['iam', 'organizations', 'account', 'sso', 'identitystore', 'sso-directory'])(
  'the boundary on %s',
  (service) => {
    const actions = actionNames(service).map((name) => findAction(`${service}:${name}`));

    test('denies every action that changes something', () => {
      const changing = actions.filter((action) => action && !['List', 'Read'].includes(action.level));
      expect(changing.length).toBeGreaterThan(0);
      expect(changing.filter((action) => action && !denied(action.name)).map((action) => action?.name)).toEqual([]);
    });

    test('leaves every action that only reads', () => {
      const reading = actions.filter((action) => action && ['List', 'Read'].includes(action.level));
      expect(reading.length).toBeGreaterThan(0);
      expect(reading.filter((action) => action && denied(action.name)).map((action) => action?.name)).toEqual([]);
    });
  },
);

describe('the boundary on everything else', () => {
  test.each([
    'bedrock:InvokeModel',
    'bedrock:InvokeModelWithResponseStream',
    'bedrock:ApplyGuardrail',
    'bedrock:Retrieve',
    'bedrock:InvokeAgent',
    'bedrock-agentcore:InvokeAgentRuntime',
    'bedrock-agentcore:InvokeGateway',
    'bedrock-agentcore:CreateEvent',
    'bedrock-agentcore:RetrieveMemoryRecords',
    'bedrock-agentcore:GetWorkloadAccessTokenForJWT',
    'bedrock-agentcore:StartCodeInterpreterSession',
    'cloudwatch:PutMetricData',
    'dynamodb:PutItem',
    'dynamodb:DeleteItem',
    'ecr:BatchGetImage',
    'ec2:CreateNetworkInterface',
    'events:PutEvents',
    'execute-api:Invoke',
    'kms:Decrypt',
    'kms:GenerateDataKey',
    'kms:CreateGrant',
    'lambda:InvokeFunction',
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    's3:PutObject',
    's3:DeleteObject',
    's3:GetBucketPolicy',
    'secretsmanager:GetSecretValue',
    'sns:Publish',
    'sqs:SendMessage',
    'ssm:GetParameter',
    'states:StartExecution',
    'xray:PutTraceSegments',
  ])('leaves %s to the grants', (action) => {
    expect(findAction(action)).toBeDefined();
    expect(denied(action)).toBe(false);
  });

  test.each([
    'bedrock-agentcore:GetWorkloadAccessTokenForUserId',
    'bedrock-agentcore:InvokeAgentRuntimeForUser',
    'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStreamForUser',
    'bedrock-agentcore:InvokeAgentRuntimeCommand',
    'bedrock-agentcore:InvokeAgentRuntimeCommandShell',
    'bedrock-agentcore:PutResourcePolicy',
    'bedrock:CallWithBearerToken',
    'bedrock:DeleteGuardrail',
    'cloudtrail:StopLogging',
    'codepipeline:PutApprovalResult',
    'iam:PassRole',
    'kms:PutKeyPolicy',
    'kms:ScheduleKeyDeletion',
    'lambda:AddPermission',
    'lambda:UpdateFunctionCode',
    'logs:DeleteLogGroup',
    'logs:PutResourcePolicy',
    's3:PutBucketPolicy',
    'states:SendTaskSuccess',
    'sts:AssumeRole',
    'sts:AssumeRoot',
    'sts:GetFederationToken',
    'sts:GetWebIdentityToken',
  ])('denies %s', (action) => {
    expect(findAction(action)).toBeDefined();
    expect(denied(action)).toBe(true);
  });

  test('has no denial that names no action, and none without a reason', () => {
    const dead = patterns.filter((pattern) => {
      const [service = ''] = pattern.split(':');
      return !actionNames(service).some((name) => matchesAction(actionGlob([pattern]), `${service}:${name}`));
    });
    expect(dead).toEqual([]);
    expect(BOUNDARY_DENIALS.filter(({ why }) => why.length < 20)).toEqual([]);
  });
});

describe('the boundary in the template', () => {
  const stack = newStack(newApp());
  newAgent(stack, 'One', { agentName: 'one' });
  const two = newAgent(stack, 'Two', { agentName: 'two' });
  const reader = 'arn:aws:iam::111122223333:role/reader';
  new AgentAccessGrant(two, 'Reader', {
    actions: ['sts:AssumeRole'],
    resources: [reader],
    purpose: 'Reads as the user',
  });
  const boundaries = Object.values(resourcesOf(stack, 'AWS::IAM::ManagedPolicy'));
  const document = boundaries[0]?.PolicyDocument as { Statement: Record<string, unknown>[] };

  test('is one for all agents of a stack, without a name of its own', () => {
    expect(boundaries).toHaveLength(1);
    expect(Object.keys(boundaries[0] ?? {}).sort()).toEqual(['Description', 'PolicyDocument']);
  });

  test('fits into a managed policy, with room for the roles that agents declare', () => {
    expect(JSON.stringify(document).length).toBeLessThanOrEqual(6_144 - 1_024);
  });

  test('allows everything first, and only denies after that', () => {
    expect(document.Statement[0]).toEqual({ Sid: 'Ceiling', Effect: 'Allow', Action: '*', Resource: '*' });
    expect(document.Statement.slice(1).every(({ Effect: effect }) => effect === 'Deny')).toBe(true);
    expect(document.Statement.every(({ Condition: condition }) => condition === undefined)).toBe(true);
  });

  test('leaves out of the denial of sts:AssumeRole what an agent of the stack declares', () => {
    expect(document.Statement.at(-1)).toEqual({
      Sid: 'DenyUndeclaredAssumeRole',
      Effect: 'Deny',
      Action: 'sts:AssumeRole',
      NotResource: [reader],
    });
  });
});
