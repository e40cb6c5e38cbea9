import { literalValue } from '../../lib/access/literal-template';
import type { Template } from '../../lib/access/template';

const ENVIRONMENT = { account: '111122223333', region: 'us-east-1', partition: 'aws' };
const TEMPLATE: Template = {
  Parameters: {
    Stage: { Type: 'String', Default: 'prod' },
    Subnets: { Type: 'CommaDelimitedList', Default: 'subnet-1,subnet-2' },
    Given: { Type: 'String' },
  },
  Mappings: { Names: { prod: { bucket: 'claims-prod' } } },
  Conditions: {
    IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    IsTest: { 'Fn::Not': [{ Condition: 'IsProd' }] },
    IsEither: { 'Fn::Or': [{ Condition: 'IsTest' }, { Condition: 'IsProd' }] },
    IsBoth: { 'Fn::And': [{ Condition: 'IsTest' }, { Condition: 'IsProd' }] },
  },
  Resources: {
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': 'claims-${AWS::AccountId}' } } },
    Unnamed: { Type: 'AWS::S3::Bucket' },
    Role: { Type: 'AWS::IAM::Role', Properties: { Path: '/agents/' } },
    Key: { Type: 'AWS::KMS::Key' },
    Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/claims' } },
    Topic: { Type: 'AWS::SNS::Topic' },
    Other: { Type: 'AWS::Kinesis::Stream' },
  },
};

function literal(value: unknown, overrides?: Record<string, string>): unknown {
  return literalValue(value, TEMPLATE, ENVIRONMENT, overrides);
}

test.each([
  ['a parameter is its default', { Ref: 'Stage' }, 'prod'],
  ['a parameter without a default is a sample', { Ref: 'Given' }, 'sample-Given'],
  ['a list parameter is a list', { Ref: 'Subnets' }, ['subnet-1', 'subnet-2']],
  ['a pseudo parameter is the environment', { Ref: 'AWS::Region' }, 'us-east-1'],
  ['a named resource is its name', { Ref: 'Bucket' }, 'claims-111122223333'],
  ['an unnamed bucket has a name that S3 would take', { Ref: 'Unnamed' }, 'unnamed'],
  ['a topic is its ARN', { Ref: 'Topic' }, 'arn:aws:sns:us-east-1:111122223333:Topic'],
  ['a bucket ARN', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'arn:aws:s3:::claims-111122223333'],
  ['a role ARN with its path', { 'Fn::GetAtt': 'Role.Arn' }, 'arn:aws:iam::111122223333:role/agents/Role'],
  ['a key ARN', { 'Fn::GetAtt': ['Key', 'Arn'] }, 'arn:aws:kms:us-east-1:111122223333:key/Key'],
  [
    'a log group ARN',
    { 'Fn::GetAtt': ['Group', 'Arn'] },
    'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/claims:*',
  ],
  [
    'an ARN of a type without a shape of its own',
    { 'Fn::GetAtt': ['Other', 'Arn'] },
    'arn:aws:kinesis:us-east-1:111122223333:stream/Other',
  ],
  ['another attribute is a sample', { 'Fn::GetAtt': ['Role', 'RoleId'] }, 'Role-RoleId'],
  ['an import is a sample', { 'Fn::ImportValue': 'shared:Key' }, 'sample-shared:Key'],
  ['a join', { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 's3', '', '', 'b']] }, 'arn:aws:s3:::b'],
  ['a substitution', { 'Fn::Sub': '${Bucket.Arn}/${Stage}/*' }, 'arn:aws:s3:::claims-111122223333/prod/*'],
  [
    'a substitution with names of its own',
    { 'Fn::Sub': ['${Bucket}-${X}', { X: { Ref: 'Stage' } }] },
    'claims-111122223333-prod',
  ],
  ['a policy variable in a substitution', { 'Fn::Sub': '${!aws:username}/${Stage}' }, '${aws:username}/prod'],
  ['a part of a split', { 'Fn::Select': ['5', { 'Fn::Split': [':', 'arn:aws:iam::1:role/x'] }] }, 'role/x'],
  ['a map entry', { 'Fn::FindInMap': ['Names', { Ref: 'Stage' }, 'bucket'] }, 'claims-prod'],
  ['the side of a condition that holds', { 'Fn::If': ['IsProd', 'yes', 'no'] }, 'yes'],
  ['the side of a condition that does not hold', { 'Fn::If': ['IsTest', 'yes', 'no'] }, 'no'],
  ['one of two conditions', { 'Fn::If': ['IsEither', 'yes', 'no'] }, 'yes'],
  ['both of two conditions', { 'Fn::If': ['IsBoth', 'yes', 'no'] }, 'no'],
  ['no value in a list', ['a', { Ref: 'AWS::NoValue' }], ['a']],
  ['no value as a property', { a: 1, b: { 'Fn::If': ['IsTest', 2, { Ref: 'AWS::NoValue' }] } }, { a: 1 }],
])('%s', (_, value, expected) => {
  expect(literal(value)).toEqual(expected);
});

test('what a name stands for can be given', () => {
  const value = [{ Ref: 'Bucket' }, { 'Fn::GetAtt': ['Role', 'Arn'] }, { Ref: 'Given' }, { 'Fn::ImportValue': 'x' }];
  const overrides = { Bucket: 'b', 'Role.Arn': 'arn:role', Given: 'g', x: 'imported' };
  expect(literal(value, overrides)).toEqual(['b', 'arn:role', 'g', 'imported']);
});

test('a policy condition is not taken for a function', () => {
  const statement = { Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } };
  expect(literal(statement)).toEqual({ Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } });
});

test.each([
  ['a name that is not in the template', { Ref: 'Nothing' }, { Ref: 'Nothing' }],
  ['a function that is not folded', { 'Fn::Base64': { Ref: 'Stage' } }, { 'Fn::Base64': 'prod' }],
  ['a condition that is not in the template', { 'Fn::If': ['X', 1, 2] }, { 'Fn::If': ['X', 1, 2] }],
  [
    'a text that holds a name that is not in the template',
    { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Nothing}/*' },
    { 'Fn::Join': ['', ['arn:aws:s3:::', { Ref: 'Nothing' }, '/*']] },
  ],
])('%s stays', (_, value, expected) => {
  expect(literal(value)).toEqual(expected);
});
