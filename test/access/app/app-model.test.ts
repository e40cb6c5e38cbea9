import { AppModel } from '../../../lib/access/app/app-model';
import type { AppTemplate } from '../../../lib/access/app/app-template';
import { displayText } from '../../../lib/policy/document/text';

const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'bedrock.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const statement = (Action: unknown, Resource: unknown = '*') => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action, Resource },
});
const optional = (value: unknown) => ({ 'Fn::If': ['C', value, { Ref: 'AWS::NoValue' }] });
const role = (properties: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: { RoleName: 'claims-agent', AssumeRolePolicyDocument: TRUST, ...properties },
});
const app = (Resources: object, more: object = {}) => new AppModel([{ name: 'app', body: { ...more, Resources } }]);

describe('roles', () => {
  test.each([
    ['GetAtt', { 'Fn::GetAtt': ['Role', 'Arn'] }],
    ['GetAtt as a text', { 'Fn::GetAtt': 'Role.Arn' }],
    ['Sub with the attribute', { 'Fn::Sub': '${Role.Arn}' }],
    ['Sub with the name', { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${Role}' }],
    [
      'Join',
      {
        'Fn::Join': [
          '',
          ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':role/', { Ref: 'Role' }],
        ],
      },
    ],
    ['literal', 'arn:aws:iam::111122223333:role/claims-agent'],
    ['another partition', 'arn:aws-us-gov:iam::111122223333:role/claims-agent'],
    ['a branch', { 'Fn::If': ['IsProd', { 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:aws:iam::111122223333:role/other'] }],
  ])('are found by %s', (_, RoleArn) => {
    const model = app({ Role: role(), Runtime: { Type: 'AWS::BedrockAgentCore::Runtime', Properties: { RoleArn } } });
    expect(model.roles[0]?.uses.map(({ resource }) => resource.logicalId)).toEqual(['Runtime']);
    expect(model.agents.map(({ roles }) => roles.length)).toEqual([1]);
  });

  test('collect the policies that reach them from either end', () => {
    const [found] = app({
      Role: role({
        Policies: [{ PolicyName: 'a', PolicyDocument: statement('a:A') }],
        ManagedPolicyArns: [{ Ref: 'Managed' }, 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
      }),
      Managed: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: statement('b:B') } },
      Other: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { Roles: ['claims-agent'], PolicyDocument: statement('c:C') },
      },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: JSON.stringify(statement('d:D')) },
      },
      RolePolicy: {
        Type: 'AWS::IAM::RolePolicy',
        Properties: { RoleName: { 'Fn::Sub': '${Role}' }, PolicyDocument: statement(['e:E']) },
      },
      Split: {
        Type: 'AWS::IAM::RolePolicy',
        Properties: {
          RoleName: { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Role', 'Arn'] }] }] },
          PolicyDocument: statement('f:F'),
        },
      },
      Stranger: { Type: 'AWS::IAM::Policy', Properties: { Roles: ['stranger'], PolicyDocument: statement('g:G') } },
    }).roles;
    const actions = found?.statements.map(({ statement: { action } }) => action.patterns.map(displayText).join());
    expect(actions?.sort()).toEqual(['a:A', 'b:B', 'c:C', 'd:D', 'e:E', 'f:F']);
    expect(found?.outside.map(({ arn }) => displayText(arn))).toEqual(['arn:aws:iam::aws:policy/ReadOnlyAccess']);
  });

  test('are found across stacks by export', () => {
    const model = new AppModel([
      {
        name: 'roles',
        body: {
          Resources: { Role: role() },
          Outputs: { Out: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] }, Export: { Name: 'roles:Role' } } },
        },
      },
      {
        name: 'agents',
        body: {
          Resources: {
            Agent: {
              Type: 'AWS::Bedrock::Agent',
              Properties: { AgentResourceRoleArn: { 'Fn::ImportValue': 'roles:Role' } },
            },
          },
        },
      },
    ]);
    expect(model.roles[0]?.uses.map(({ resource }) => resource.key)).toEqual(['{agents#Agent}']);
  });

  test.each<[string, object]>([
    ['in the same region', { StackName: 'Roles-prod', OutputName: 'RoleArn' }],
    ['in a region that is named', { StackName: 'Roles-prod', OutputName: 'RoleArn', Region: 'us-east-1' }],
  ])('of a stack output %s', (_, output) => {
    const roles = (region: string): AppTemplate => ({
      name: `roles-${region}`,
      stackName: 'Roles-prod',
      region,
      body: { Resources: { Role: role() }, Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } } } },
    });
    const model = new AppModel([
      roles('eu-west-1'),
      roles('us-east-1'),
      {
        name: 'agents',
        region: 'us-east-1',
        body: {
          Resources: {
            Agent: {
              Type: 'AWS::Bedrock::Agent',
              Properties: { AgentResourceRoleArn: { 'Fn::GetStackOutput': output } },
            },
          },
        },
      },
    ]);
    expect(model.roles.map(({ uses }) => uses.map(({ resource }) => resource.key))).toEqual([[], ['{agents#Agent}']]);
  });

  test('of knowledge bases are no agents', () => {
    const [found] = app({
      Role: role(),
      Base: { Type: 'AWS::Bedrock::KnowledgeBase', Properties: { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
    }).roles;
    expect([...(found?.kinds ?? [])]).toEqual(['knowledge-base']);
  });
});

describe('values', () => {
  const actionsIn = (Action: unknown, more: object = {}) =>
    app({ Role: role({ Policies: [{ PolicyDocument: statement(Action) }] }) }, more).roles[0]?.statements.flatMap(
      ({ statement: { action } }) => action.patterns.map(displayText),
    );

  test.each<[string, unknown, object, string[]]>([
    ['both branches', { 'Fn::If': ['C', 'a:A', ['b:B', 'b:C']] }, {}, ['a:A', 'b:B', 'b:C']],
    ['a branch in a list', ['x:X', { 'Fn::If': ['C', 'a:A', { Ref: 'AWS::NoValue' }] }], {}, ['x:X', 'a:A']],
    ['a default', { Ref: 'P' }, { Parameters: { P: { Type: 'String', Default: '*' } } }, ['*']],
    [
      'a list parameter',
      { Ref: 'P' },
      { Parameters: { P: { Type: 'CommaDelimitedList', Default: 'a:A, b:B' } } },
      ['a:A', 'b:B'],
    ],
    ['no default', { Ref: 'P' }, { Parameters: { P: { Type: 'String' } } }, ['<{app#P}.Ref>']],
    ['a mapping', { 'Fn::FindInMap': ['M', 'k', 'v'] }, { Mappings: { M: { k: { v: 'a:A' } } } }, ['a:A']],
    [
      'all of a mapping',
      { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'v'] },
      { Mappings: { M: { k: { v: 'a:A' }, l: { v: 'b:B' } } } },
      ['a:A', 'b:B'],
    ],
    ['a join', { 'Fn::Join': [':', ['s3', 'Get*']] }, {}, ['s3:Get*']],
    ['a select', { 'Fn::Select': ['1', ['a:A', 'b:B']] }, {}, ['b:B']],
    ['a split', { 'Fn::Split': [',', 'a:A,b:B'] }, {}, ['a:A', 'b:B']],
    ['an escaped variable', { 'Fn::Sub': 'a:${!aws:username}' }, {}, ['a:${aws:username}']],
  ])('%s', (_, action, more, expected) => {
    expect(actionsIn(action, more)).toEqual(expected);
  });
});

test('a statement that stands in one branch only is not sure', () => {
  const deny = { Effect: 'Deny', Action: 'a:A', Resource: '*' };
  const document = (...Statement: unknown[]) => ({ PolicyDocument: { Version: '2012-10-17', Statement } });
  const model = app({
    Role: role({
      Policies: [
        document(deny, { 'Fn::If': ['C', deny, { Ref: 'AWS::NoValue' }] }),
        document(
          { ...deny, Action: ['a:A', { 'Fn::If': ['C', 'b:B', { Ref: 'AWS::NoValue' }] }] },
          { ...deny, Action: ['a:A'] },
        ),
      ],
    }),
  });
  expect(model.roles[0]?.statements.map(({ sure }) => sure)).toEqual([true, false, false, true]);
});

test.each<[string, object, string[][]]>([
  ['a key', { StringEquals: { 'a:K': optional('v') } }, [['StringEquals a:K'], []]],
  [
    'an operator',
    { StringEquals: { 'a:K': 'v' }, ArnLike: optional({ 'a:L': 'w' }) },
    [['StringEquals a:K', 'ArnLike a:L'], ['StringEquals a:K']],
  ],
  ['the whole condition', optional({ StringEquals: { 'a:K': 'v' } }), [['StringEquals a:K'], []]],
  ['one of two values', { StringEquals: { 'a:K': ['v', optional('w')] } }, [['StringEquals a:K']]],
])('a condition of which a branch leaves out %s is read both ways', (_, Condition, expected) => {
  const allow = { Effect: 'Allow', Action: 'a:A', Resource: '*', Condition };
  const model = app({ Role: role({ Policies: [{ PolicyDocument: { Version: '2012-10-17', Statement: allow } }] }) });
  const conditions = model.roles[0]?.statements.map(({ statement: { conditions: found } }) =>
    found.map(({ operator, key }) => `${operator.name} ${key}`),
  );
  expect(conditions).toEqual(expected);
  expect(model.roles[0]?.statements.map(({ sure }) => sure)).toEqual(expected.map(() => false));
});

test('of two roles with one name, a policy reaches the one of its own template', () => {
  const body = (action: string) => ({
    Resources: {
      Role: role(),
      Policy: { Type: 'AWS::IAM::Policy', Properties: { Roles: ['claims-agent'], PolicyDocument: statement(action) } },
    },
  });
  const model = new AppModel([
    { name: 'Test', body: body('a:A') },
    { name: 'Prod', body: body('b:B') },
  ]);
  const actions = model.roles.map(({ statements }) =>
    statements.flatMap(({ statement: { action } }) => action.patterns.map(displayText)),
  );
  expect(actions).toEqual([['a:A'], ['b:B']]);
});

test.each<[string, object, string[]]>([
  [
    'a macro',
    { Transform: ['Policies'], Resources: {} },
    ['the transform Policies may change what stands in the template'],
  ],
  [
    'what is made before the deployment',
    { Transform: 'AWS::LanguageExtensions', Resources: { Topic: { Type: 'AWS::SNS::Topic' } } },
    [],
  ],
  [
    'a loop',
    { Resources: { 'Fn::ForEach::Roles': ['Name', { Ref: 'Names' }, { 'Role${Name}': {} }] } },
    ['a loop makes these resources at deployment'],
  ],
  [
    'a nested stack',
    { Resources: { Child: { Type: 'AWS::CloudFormation::Stack' } } },
    ['the template of this nested stack is not at hand'],
  ],
  [
    'an include',
    { Resources: { Role: role({ Policies: [{ 'Fn::Transform': { Name: 'AWS::Include', Parameters: {} } }] }) } },
    ['a transform (AWS::Include or a macro) makes a part of it at deployment'],
  ],
  [
    'a loop inside a role',
    { Resources: { Role: role({ Policies: { 'Fn::ForEach::Policies': ['Name', ['a'], { PolicyName: 'a' }] } }) } },
    ['a loop makes a part of it at deployment'],
  ],
  [
    'an application of SAM',
    { Resources: { App: { Type: 'AWS::Serverless::Application' } } },
    ['the template of this application is not at hand'],
  ],
  [
    'a connector of SAM',
    {
      Resources: { Reads: { Type: 'AWS::Serverless::Connector' }, Topic: { Type: 'AWS::SNS::Topic', Connectors: {} } },
    },
    ['SAM makes policies of its connectors at deployment', 'SAM makes policies of its connectors at deployment'],
  ],
  [
    'an include of an API',
    { Resources: { Api: { Type: 'AWS::Serverless::Api', Properties: { DefinitionBody: { 'Fn::Transform': {} } } } } },
    [],
  ],
])('%s is said to be unread', (_, body, expected) => {
  expect(new AppModel([{ name: 'app', body: body as Record<string, unknown> }]).unread.map(({ why }) => why)).toEqual(
    expected,
  );
});
