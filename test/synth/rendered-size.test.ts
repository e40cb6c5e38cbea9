import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Aws, CfnParameter, Fn, Stack } from 'aws-cdk-lib/core';
import { renderedSize } from '../../lib/synth/rendered-size';

const app = new App({ analyticsReporting: false });
const known = new Stack(app, 'Known', { env: { account: '111122223333', region: 'us-east-1' } });
const unknown = new Stack(app, 'Unknown');
const arn = 'arn:aws-us-gov:bedrock-agentcore:ap-southeast-7:111122223333:'.length;

describe('the size of a document', () => {
  test.each<[string, unknown, number, boolean]>([
    ['is its length as JSON', { a: ['b'] }, '{"a":["b"]}'.length, false],
    ['leaves white space out', { a: 'b c\n' }, '{"a":"bc\\n"}'.length, false],
    [
      'takes pseudo parameters of a known environment as they are',
      `${Fn.ref('AWS::Region')}`,
      '"us-east-1"'.length,
      false,
    ],
    ['takes a partition at its longest', Aws.PARTITION, '"aws"'.length, false],
  ])('%s', (_, document, characters, upTo) => {
    expect(renderedSize(document, known)).toEqual({ characters, upTo });
  });

  test.each<[string, unknown, number]>([
    ['an account', Aws.ACCOUNT_ID, 12],
    ['a region', Aws.REGION, 16],
    ['a partition', Aws.PARTITION, 10],
    ['a bucket', new s3.Bucket(unknown, 'B').bucketArn, arn + 63],
    [
      'a role',
      new iam.Role(unknown, 'R', { assumedBy: new iam.ServicePrincipal('x') }).roleArn,
      arn + 'role/'.length + 576,
    ],
    ['a parameter', new CfnParameter(unknown, 'P').valueAsString, arn + 256],
    ['an expression', Fn.select(0, Fn.split('/', new CfnParameter(unknown, 'Q').valueAsString)), arn + 256],
    ['an import', Fn.importValue('x'), arn + 256],
  ])('counts %s at the documented maximum', (_, value, maximum) => {
    expect(renderedSize({ a: value }, unknown)).toEqual({ characters: '{"a":""}'.length + maximum, upTo: true });
  });

  test('counts the text around what is not known', () => {
    expect(renderedSize(`arn:${Aws.PARTITION}:s3:::x`, unknown)).toEqual({
      characters: '"arn::s3:::x"'.length + 10,
      upTo: true,
    });
  });
});
