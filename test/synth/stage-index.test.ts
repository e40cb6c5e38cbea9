import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, CfnOutput, CfnResource, NestedStack, Stack, Stage } from 'aws-cdk-lib/core';
import { text } from '../../lib/policy/document/text';
import { StageIndex } from '../../lib/synth/stage-index';
import { attributeText } from '../../lib/synth/token-text';

const paths = (index: StageIndex): string[] => index.resources.map(({ path }) => path).sort();

describe('the index of a Stage', () => {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'One');
  const bucket = new s3.Bucket(stack, 'Bucket');
  const nested = new NestedStack(stack, 'Nested');
  new CfnResource(nested, 'Inside', { type: 'AWS::X::Y', properties: { Name: bucket.bucketName } });
  const stage = new Stage(app, 'Prod');
  const two = new Stack(stage, 'Two');
  new CfnResource(two, 'Apart', { type: 'AWS::X::Y', properties: { Name: 'literal' } });
  app.synth();
  const index = StageIndex.of(bucket);

  test('holds the resources of its stacks and nested stacks, and none of the Stages inside it', () => {
    expect(paths(index)).toEqual(
      ['One/Bucket/Resource', 'One/Nested.NestedStack/Nested.NestedStackResource', 'One/Nested/Inside'].sort(),
    );
    expect(paths(StageIndex.of(two))).toEqual(['Prod/Two/Apart']);
  });

  test('is the same for all readers of a pass, and a new one for a reader that asks again', () => {
    const first = StageIndex.of(stack);
    expect(StageIndex.of(nested)).toBe(first);
    expect(StageIndex.of(stack)).not.toBe(first);
  });

  test('finds what mentions a resource, through nested stacks too', () => {
    const mentioning = [...index.mentioning('One/Bucket/Resource')].map(({ path }) => path).sort();
    expect(mentioning).toEqual(['One/Nested.NestedStack/Nested.NestedStackResource', 'One/Nested/Inside'].sort());
    expect([...index.mentioning('One/Nested/Inside')]).toEqual([]);
  });

  test('finds the resource that a text is an attribute of', () => {
    expect(index.resourceOf(attributeText('One/Bucket/Resource', 'Arn'))?.type).toBe('AWS::S3::Bucket');
    expect(index.resourceOf(text('x', { atom: '{One/Bucket/Resource}.Arn' }))).toBeUndefined();
    expect(index.resourceOf(text('One/Bucket/Resource'))).toBeUndefined();
  });

  test('knows whether a resource stays behind when it is removed', () => {
    expect(index.at('One/Bucket/Resource')?.retained).toBe(true);
    expect(index.at('One/Nested/Inside')?.retained).toBe(false);
  });
});

test('a value that goes round in circles is read to its end', () => {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'One');
  new CfnResource(stack, 'P', {
    type: 'AWS::SSM::Parameter',
    properties: { Name: '/a', Value: '{{resolve:ssm:/a:1}}' },
  });
  new CfnOutput(stack, 'O', { value: 'x' });
  const index = StageIndex.of(stack);
  expect(index.readings(text('{{resolve:ssm:/a}}'))).toEqual([
    text('{{resolve:ssm:/a}}'),
    text('{{resolve:ssm:/a:1}}'),
  ]);
});
