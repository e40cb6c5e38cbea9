import { AppModel } from '../../../lib/access/app/app-model';
import { humanPrincipals, serviceName } from '../../../lib/access/app/principals';
import { text } from '../../../lib/policy/document/text';

const app = (Resources: object, more: object = {}) => new AppModel([{ name: 'app', body: { ...more, Resources } }]);
const role = (Statement: unknown, more: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement }, ...more },
});
const USER = { Type: 'AWS::IAM::User', Properties: {} };
const PROVIDER = { Type: 'AWS::IAM::SAMLProvider', Properties: {} };

describe('services', () => {
  test.each([
    'lambda.amazonaws.com',
    'lambda.amazonaws.com.cn',
    'Lambda.eu-west-1.amazonaws.com',
    'lambda.us-gov-west-1.amazonaws.com',
    'lambda.eusc-de-east-1.amazonaws.eu',
    'lambda.us-iso-east-1.c2s.ic.gov',
  ])('%s is lambda', (written) => {
    expect(serviceName(text(written))).toBe('lambda');
  });

  test('keep dots of their own', () => {
    expect(serviceName(text('pods.eks.', { atom: 'AWS::URLSuffix' }))).toBe('pods.eks');
  });
});

describe('people', () => {
  test.each([
    ['an IAM user', { Principal: { AWS: 'arn:aws-cn:iam::111122223333:user/team/alice' } }],
    ['an IAM user of the app', { Principal: { AWS: { 'Fn::GetAtt': ['Alice', 'Arn'] } } }],
    ['a SAML provider of the app', { Principal: { Federated: { Ref: 'Okta' } } }],
    ['whoever comes by SAML', { Principal: { Federated: { Ref: 'Unknown' } }, Action: 'sts:assumeRoleWithSaml' }],
    ['a federated user', { Principal: { AWS: 'arn:aws:sts::111122223333:federated-user/alice' } }],
    ['an SSO session', { Principal: { AWS: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Dev_0a1b/alice' } }],
    [
      'a condition on SSO roles',
      { Principal: '*', Condition: { ArnLike: { 'AWS:PrincipalArn': 'arn:aws:iam::*:role/aws-reserved/sso*' } } },
    ],
    ['a condition on a user name', { Principal: '*', Condition: { StringEquals: { 'aws:username': 'alice' } } }],
  ])('%s', (_, given) => {
    const model = app({
      Alice: USER,
      Okta: PROVIDER,
      Role: role({ Effect: 'Allow', Action: 'sts:AssumeRole', ...given }),
    });
    expect(model.roles[0]?.trust.flatMap((statement) => humanPrincipals(statement, model))).toHaveLength(1);
    expect(model.roles[0]?.kinds).toContain('human');
  });

  test.each([
    ['a role', { Principal: { AWS: 'arn:aws:iam::111122223333:role/user/agent' } }],
    ['a token', { Principal: { Federated: { Ref: 'Unknown' } }, Action: 'sts:AssumeRoleWithWebIdentity' }],
    ['all but people', { Principal: '*', Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/*' } } }],
    ['a Deny', { Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::111122223333:user/alice' } }],
  ])('not %s', (_, given) => {
    const model = app({ Role: role({ Effect: 'Allow', Action: 'sts:AssumeRole', ...given }) });
    expect(model.roles[0]?.kinds).not.toContain('human');
  });
});

describe('conditions', () => {
  const trusted = (Condition: unknown, more: object = {}) =>
    app({
      Json: {
        Type: 'Custom::AWSCDKCfnJson',
        Properties: { Value: { 'Fn::Sub': '{"${Issuer}:sub":"${Subject}","${Issuer}:aud":["a","b"]}' } },
      },
      Role: role({
        Effect: 'Allow',
        Principal: { Federated: 'x' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition,
      }),
      ...more,
    }).roles[0]?.trust[0];

  test('are read where CDK renders their keys at deployment', () => {
    const found = trusted({ StringEquals: { 'Fn::GetAtt': ['Json', 'Value'] } })?.statement.conditions;
    expect(found?.map(({ key, values }) => [key.split(':').at(-1), values.length])).toEqual([
      ['sub', 1],
      ['aud', 2],
    ]);
  });

  test('are unknown where nothing tells their keys', () => {
    const found = trusted({ StringEquals: { 'Fn::GetAtt': ['Other', 'Value'] } });
    expect(found?.unknown.map(({ element }) => element)).toEqual(['Condition']);
  });
});

test('parameters are told with their defaults', () => {
  const { parameters } = app({}, { Parameters: { Key: { Type: 'String', Default: 5 }, None: { Type: 'String' } } });
  expect(parameters).toEqual([
    { stack: 'app', logicalId: 'Key', fallback: '5', hidden: false },
    { stack: 'app', logicalId: 'None', fallback: '', hidden: false },
  ]);
});

describe('roles that ECS pulls images with', () => {
  const Tags = [{ Key: 'PrincipalType', Value: 'Agent' }];
  const pulling = role({ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' } }, { Tags });
  const task = (TaskRoleArn: unknown) => ({
    Type: 'AWS::ECS::TaskDefinition',
    Properties: { TaskRoleArn, ExecutionRoleArn: { 'Fn::GetAtt': ['Pull', 'Arn'] } },
  });

  test('are no roles of agents, whatever tag they share with their task', () => {
    const model = app({ Pull: pulling, Run: pulling, Task: task({ 'Fn::GetAtt': ['Run', 'Arn'] }) });
    expect(model.agentRoles.map(({ resource }) => resource.logicalId)).toEqual(['Run']);
  });

  test('are when the task runs with them too', () => {
    const model = app({ Pull: pulling, Task: task({ Ref: 'Pull' }) });
    expect(model.agentRoles.map(({ resource }) => resource.logicalId)).toEqual(['Pull']);
  });
});

test('outputs of stacks are found by the names of template files', () => {
  const model = new AppModel([
    {
      name: 'Roles.template.json',
      body: {
        Resources: { Role: role({}) },
        Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
      },
    },
    {
      name: 'Agents.template.json',
      body: {
        Resources: {
          Agent: {
            Type: 'AWS::Bedrock::Agent',
            Properties: {
              AgentResourceRoleArn: { 'Fn::GetStackOutput': { StackName: 'Roles', OutputName: 'Arn' } },
            },
          },
        },
      },
    },
  ]);
  expect(model.agents[0]?.roles.map(({ resource }) => resource.logicalId)).toEqual(['Role']);
});

test('an alias that names itself leads nowhere', () => {
  const model = app({
    Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Alias' } } },
    Agent: {
      Type: 'AWS::Bedrock::Agent',
      Properties: { ActionGroups: [{ ActionGroupExecutor: { Lambda: { Ref: 'Alias' } } }] },
    },
  });
  expect(model.agents[0]?.tools.map(({ resource }) => resource)).toEqual([undefined]);
});
