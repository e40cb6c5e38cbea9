import { AppModel } from '../../../lib/access/app/app-model';
import { displayText } from '../../../lib/policy/document/text';

/** The role that SAM makes of these properties of a function named `Claims`. */
function madeRole(properties: object, more: object = {}, type = 'AWS::Serverless::Function') {
  const body = { Resources: { Claims: { Type: type, Properties: properties } }, ...more };
  const { roles } = new AppModel([{ name: 'app', body: body as Record<string, unknown> }]);
  expect(roles).toHaveLength(1);
  const [role] = roles;
  return {
    role,
    attached: role?.outside.map(({ arn }) => displayText(arn).replace(/^.*policy\//, '')) ?? [],
    actions:
      role?.statements.flatMap(({ statement: { action } }) => action.patterns.map((name) => displayText(name))) ?? [],
  };
}

const allow = (action: string): object => ({ Statement: { Effect: 'Allow', Action: action, Resource: '*' } });

test('a function without a role gets one', () => {
  const { role, attached, actions } = madeRole({ Policies: ['AmazonS3ReadOnlyAccess', allow('s3:ListBucket')] });
  expect(role?.resource).toMatchObject({ logicalId: 'ClaimsRole', writtenAs: 'Claims', type: 'AWS::IAM::Role' });
  expect(role?.uses.map(({ resource }) => resource.logicalId)).toEqual(['Claims']);
  expect(attached).toEqual(['service-role/AWSLambdaBasicExecutionRole', 'AmazonS3ReadOnlyAccess']);
  expect(actions).toEqual(['s3:ListBucket']);
});

test('what a function is given decides about more', () => {
  const { attached } = madeRole({ VpcConfig: {}, Tracing: 'PassThrough', Policies: 'AWSLambdaENIManagementAccess' });
  expect(attached.slice(1)).toEqual([
    'AWSXRayDaemonWriteAccess',
    'service-role/AWSLambdaVPCAccessExecutionRole',
    'service-role/AWSLambdaENIManagementAccess',
  ]);
  expect(madeRole({ Tracing: 'Disabled' }).attached).toHaveLength(1);
});

test('branches stay branches', () => {
  const { attached, actions, role } = madeRole({
    Policies: {
      'Fn::If': [
        'Live',
        [allow('s3:GetObject'), 'ReadOnlyAccess'],
        { 'Fn::If': ['Old', allow('s3:*'), { Ref: 'AWS::NoValue' }] },
      ],
    },
  });
  expect(actions).toEqual(['s3:GetObject', 's3:*']);
  expect(attached.slice(1)).toEqual(['ReadOnlyAccess']);
  expect(role?.statements.map(({ sure }) => sure)).toEqual([false, false]);
});

test('a state machine gets a role without what functions get', () => {
  const { role, attached, actions } = madeRole(
    { Policies: [allow('sqs:SendMessage')] },
    {},
    'AWS::Serverless::StateMachine',
  );
  expect([attached, actions]).toEqual([[], ['sqs:SendMessage']]);
  expect(role?.trust.map(({ statement }) => statement.principal?.entries.map(({ id }) => displayText(id)))).toEqual([
    ['states.amazonaws.com'],
  ]);
});

test('globals stand under what the function says', () => {
  const { role } = madeRole(
    { Tags: { Owner: 'claims' } },
    {
      Globals: {
        Function: { Tags: { Owner: 'all', PrincipalType: 'Agent' }, PermissionsBoundary: 'arn:aws:iam::aws:policy/b' },
      },
    },
  );
  expect([role?.resource.tag('Owner'), role?.resource.tag('PrincipalType')]).toEqual([['claims'], ['Agent']]);
  expect(role?.boundary.presence).toBe('always');
});

test('lists of globals come first', () => {
  const { role } = madeRole(
    { VpcConfig: { SubnetIds: ['b'] } },
    { Globals: { Function: { VpcConfig: { SubnetIds: ['a'] } } } },
  );
  const subnets = role?.uses.flatMap(({ resource }) => resource.get('VpcConfig', 'SubnetIds').items());
  expect(subnets?.map(({ literal }) => literal)).toEqual(['a', 'b']);
});

test('a name that is taken stays what it is, and a role that is named is the role', () => {
  const body = {
    Resources: {
      Claims: { Type: 'AWS::Serverless::Function', Properties: {} },
      ClaimsRole: { Type: 'AWS::SNS::Topic' },
      Other: { Type: 'AWS::Serverless::Function', Properties: { Role: 'arn:aws:iam::111122223333:role/other' } },
    },
  };
  const { roles, resources } = new AppModel([{ name: 'app', body }]);
  expect(roles).toEqual([]);
  expect(resources.map(({ logicalId }) => logicalId)).toEqual(['Claims', 'ClaimsRole', 'Other']);
});
