import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Aws, CfnParameter, CrossStackReferences, Fn, Lazy, ReferenceStrength, Stack } from 'aws-cdk-lib/core';
import { pseudoParameter } from '../../lib/synth/pseudo-parameters';
import { atomPrefix, attributeOf, attributeText, pathsIn, tokenText } from '../../lib/synth/token-text';

const app = new App({ analyticsReporting: false });
const stack = new Stack(app, 'One', { env: { account: '111122223333', region: 'eu-west-1' } });
const other = new Stack(app, 'Two');
const bucket = new s3.Bucket(stack, 'Bucket');

describe('a token is read', () => {
  test('as the attribute of the construct it refers to, from every stack the same', () => {
    const expected = attributeText('One/Bucket/Resource', 'Arn');
    expect(tokenText(bucket.bucketArn, stack)).toEqual(expected);
    expect(tokenText(bucket.bucketArn, other)).toEqual(expected);
    CrossStackReferences.of(bucket).produce(ReferenceStrength.WEAK);
    expect(tokenText(bucket.bucketArn, other)).toEqual(expected);
    const { attrArn } = bucket.node.defaultChild as s3.CfnBucket;
    expect(tokenText(Stack.consumeReference(attrArn, ReferenceStrength.WEAK), other)).toEqual(expected);
  });

  test('with the text around it', () => {
    expect(tokenText(`${bucket.bucketArn}/a/*`, stack)).toEqual([
      ...attributeText('One/Bucket/Resource', 'Arn'),
      '/a/*',
    ]);
  });

  test('as a value that is only known later', () => {
    expect(tokenText(Lazy.string({ produce: () => `x-${bucket.bucketName}` }), stack)).toEqual([
      'x-',
      ...attributeText('One/Bucket/Resource', 'Ref'),
    ]);
  });

  test('as literal text where the environment is known, and as one atom for all stacks where it is not', () => {
    expect(tokenText(`${Aws.ACCOUNT_ID}/${Aws.REGION}/${Aws.PARTITION}/${Aws.URL_SUFFIX}`, stack)).toEqual([
      '111122223333/eu-west-1/aws/amazonaws.com',
    ]);
    expect(tokenText(Aws.REGION, other)).toEqual([{ atom: 'AWS::Region' }]);
    expect(pseudoParameter('AWS::StackName', other)).toEqual(['Two']);
    expect(pseudoParameter('AWS::StackId', other)).toEqual([{ atom: '{Two}.AWS::StackId' }]);
    expect(pseudoParameter('Bucket', other)).toBeUndefined();
  });

  test('as a parameter, and as a name that was given by hand', () => {
    expect(tokenText(new CfnParameter(other, 'P').valueAsString, other)).toEqual(attributeText('Two/P', 'Ref'));
    expect(tokenText(Fn.getAtt('Hand', 'Arn').toString(), other)).toEqual(attributeText('Two#Hand', 'Arn'));
  });
});

describe('the atom of an attribute', () => {
  test.each(['One/Bucket', 'A{1}', '"quoted"', '100%', 'back\\slash', 'a.b', '{}.'])(
    'tells its path back: %s',
    (path) => {
      const [atom] = attributeText(path, 'Outputs.Arn') as [{ atom: string }];
      expect(attributeOf(atom.atom)).toEqual({ path, attribute: 'Outputs.Arn' });
      expect(pathsIn(`Fn::Select(${JSON.stringify([0, JSON.stringify([atom])])})`)).toEqual([path]);
      expect(atom.atom.startsWith(atomPrefix(path))).toBe(true);
    },
  );

  test('is none for an expression', () => {
    expect(attributeOf('Fn::Select([0])')).toBeUndefined();
    expect(attributeOf('AWS::Region')).toBeUndefined();
    expect(pathsIn('AWS::Region')).toEqual([]);
  });
});
