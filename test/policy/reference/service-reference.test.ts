import { text } from '../../../lib/policy/document/text';
import {
  actionNames,
  actionsLike,
  conditionKeyType,
  findAction,
  isUnmapped,
  servicePrefixes,
  serviceReferenceVersion,
  suggestAction,
  suggestConditionKey,
  supplies,
} from '../../../lib/policy/reference/service-reference';

test('the reference names its version and its date', () => {
  expect(serviceReferenceVersion()).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    date: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/),
  });
});

test('an action is found in any letter case, with its resource types and keys', () => {
  expect(findAction('S3:getobject')).toEqual({
    service: 's3',
    name: 's3:GetObject',
    level: 'Read',
    resourceTypes: [
      expect.objectContaining({ name: 'accesspointobject', required: false }),
      {
        name: 'object',
        required: false,
        arns: ['arn:${Partition}:s3:::${BucketName}/${ObjectName}'],
        conditionKeys: expect.arrayContaining(['aws:ResourceTag/${TagKey}']),
      },
    ],
    conditionKeys: expect.arrayContaining(['s3:ResourceAccount']),
  });
});

test('keys of a resource type and keys of the action on it come together', () => {
  const type = findAction('ec2:RunInstances')?.resourceTypes.find(({ name }) => name === 'instance');

  expect(type).toMatchObject({ required: true, conditionKeys: expect.arrayContaining(['ec2:InstanceType']) });
});

test.each([
  ['s3:ListBucket', 'List'],
  ['s3:GetObject', 'Read'],
  ['s3:PutObject', 'Write'],
  ['s3:PutObjectTagging', 'Tagging'],
  ['s3:PutBucketPolicy', 'Permissions management'],
])('%s has the level %s', (action, level) => {
  expect(findAction(action)?.level).toBe(level);
});

test.each(['bedrock:Converse', 'nosuch:GetObject', 's3', 's3:GetObject:x', 'constructor:name', 'a2c:__proto__', ''])(
  '%j is no action',
  (name) => {
    expect(findAction(name)).toBeUndefined();
  },
);

test('an action without a resource type has none', () => {
  expect(findAction('s3:ListAllMyBuckets')?.resourceTypes).toEqual([]);
});

test('a pattern expands to the actions of today', () => {
  expect(actionsLike(text('bedrock:invokemodel*'))).toEqual([
    'bedrock:InvokeModel',
    'bedrock:InvokeModelWithResponseStream',
  ]);
  expect(actionsLike(text('s?:GetObject'))).toEqual(['s3:GetObject']);
  expect(actionsLike(text('nosuch:*'))).toEqual([]);
  expect(actionsLike(text('*')).length).toBeGreaterThan(20_000);
  expect(actionsLike(text('*')).length).toBe(servicePrefixes().flatMap(actionNames).length);
});

test.each([
  ['s3:GetObject', 'AWS:SecureTransport', true],
  ['s3:GetObject', 's3:existingobjecttag/team', true],
  ['s3:GetObject', 's3:ExistingObjectTag/', false],
  ['s3:GetObject', 'aws:PrincipalTag/team', true],
  ['bedrock:InvokeModel', 'bedrock:GuardrailIdentifier', true],
  ['bedrock:InvokeModel', 'bedrock:ModelId', false],
  ['lambda:InvokeFunction', 'aws:ResourceTag/team', true],
  ['bedrock:InvokeAgent', 'aws:RequestTag/team', false],
  ['bedrock:InvokeAgent', 'aws:TagKeys', false],
  ['nosuch:Action', 'aws:SecureTransport', false],
])('%s supplies %s: %s', (action, key, expected) => {
  expect(supplies(action, key)).toBe(expected);
});

test.each([
  ['dynamodb:GetItem', 'dynamodb:leadingkeys', 'ArrayOfString'],
  ['s3:GetObject', 'aws:SecureTransport', 'Bool'],
  ['s3:GetObject', 'aws:PrincipalTag/team', 'String'],
  ['s3:GetObject', 'dynamodb:LeadingKeys', undefined],
])('for %s, %s is of type %s', (action, key, type) => {
  expect(conditionKeyType(action, key)).toBe(type);
});

test.each([
  ['s3:GetObjct', 's3:GetObject'],
  ['S3:getobject', 's3:GetObject'],
  ['lamda:InvokeFunction', 'lambda:InvokeFunction'],
  ['dynamdb:GetItm', 'dynamodb:GetItem'],
  ['bedrock-runtime:InvokeModel', 'bedrock:InvokeModel'],
  ['bedrock-agent-runtime:Retrieve', 'bedrock:Retrieve'],
  ['GetKnowledgeBase', 'bedrock:GetKnowledgeBase'],
  ['bedrock:Converse', 'bedrock:InvokeModel'],
  ['bedrock-runtime:Converse', 'bedrock:InvokeModel'],
  ['agentcore:InvokeAgentRuntime', 'bedrock-agentcore:InvokeAgentRuntime'],
  ['bedrock:constructor', undefined],
  ['zzzzzzzzzz:GetObject', undefined],
])('%s may be meant as %s', (written, meant) => {
  expect(suggestAction(written)).toBe(meant);
});

test.each([
  ['bedrock-agentcore:GatewayAuthorizerType', true],
  ['BEDROCK-AGENTCORE:gatewayauthorizertype', true],
  ['lambda:SourceFunctionArn', true],
  ['bedrock-agentcore:actorId', false],
  ['bedrock:ModelId', false],
  ['aws:PrincipalTag/team', false],
  ['example:Unheard', false],
])('the reference lists %s nowhere: %s', (key, expected) => {
  expect(isUnmapped(key)).toBe(expected);
});

test.each([
  ['bedrock:InvokeModel', 'aws:InferenceProfileArn', 'bedrock:InferenceProfileArn'],
  ['bedrock:InvokeModel', 'bedrock:GuardrailIdentifer', 'bedrock:GuardrailIdentifier'],
  ['lambda:InvokeFunction', 'aws:PrincipalTags/team', 'aws:PrincipalTag/team'],
  ['lambda:InvokeFunction', 'example:Unheard', undefined],
])('for %s, %s may be meant as %s', (action, written, meant) => {
  expect(suggestConditionKey(action, written)).toBe(meant);
});
