import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { App, CfnParameter, CfnResource, Stack, Token } from 'aws-cdk-lib/core';
import { knownAtoms } from '../../lib/synth/known-atoms';
import { StageIndex } from '../../lib/synth/stage-index';
import { tokenText } from '../../lib/synth/token-text';

const stack = new Stack(new App(), 'S');
const bucket = new s3.Bucket(stack, 'Bucket');
const queue = new sqs.Queue(stack, 'Queue');
const topic = new sns.Topic(stack, 'Topic');
const group = new logs.LogGroup(stack, 'Group');
const custom = new CfnResource(stack, 'Custom', { type: 'Custom::Maker', properties: { ServiceToken: 'arn' } });
const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
const cluster = new CfnResource(stack, 'Cluster', { type: 'AWS::EKS::Cluster' });
const parameter = new CfnParameter(stack, 'Parameter');
const known = knownAtoms(StageIndex.of(stack));

function kindsOf(value: string): string[] {
  const [part] = tokenText(value, stack);
  const atom = typeof part === 'object' ? part.atom : '';
  return [...(known.isArn(atom) ? ['arn'] : []), ...(known.isName(atom) ? ['name'] : [])];
}

test.each<[string, string, string[]]>([
  ['the ARN of a bucket is an ARN', bucket.bucketArn, ['arn']],
  ['the Ref of a bucket is its name', bucket.bucketName, ['name']],
  ['the ARN of a queue is an ARN', queue.queueArn, ['arn']],
  ['the Ref of a queue is its URL, which holds colons', queue.queueUrl, []],
  ['the Ref of a topic is its ARN', topic.topicArn, ['arn']],
  ['the ARN of a log group ends in a wildcard', group.logGroupArn, []],
  ['an attribute of a custom resource may be anything', Token.asString(custom.getAtt('Arn')), []],
  ['the path of a role may hold wildcards', role.roleArn, []],
  ['an ARN that somebody gave is not looked at', Token.asString(cluster.getAtt('EncryptionConfigKeyArn')), []],
  ['a parameter may be anything', parameter.valueAsString, []],
  ['the region is a name', stack.region, ['name']],
  ['the account is a name', stack.account, ['name']],
  ['the name of a stack is of no use in a policy', stack.stackName, []],
  ['an attribute that is no ARN is not known', bucket.bucketDomainName, []],
])('%s', (_, value, kinds) => {
  expect(kindsOf(value)).toEqual(kinds);
});

test('what is known is the same for the same index', () => {
  const index = StageIndex.of(new CfnResource(stack, 'Reader', { type: 'A::B::C' }));
  expect(knownAtoms(index)).toBe(knownAtoms(index));
});
