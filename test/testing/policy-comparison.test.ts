import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, CfnParameter, CfnResource, Stack, Token } from 'aws-cdk-lib/core';
import { serviceReferenceVersion } from '../../lib/policy/reference/service-reference';
import { EffectiveAccess } from '../../lib/testing/effective-access';
import { AccessCertainty, AccessRelation, AccessScope, PolicyComparison } from '../../lib/testing/policy-comparison';
import { ENV } from '../roles/agent-fixture';

const allow = (Action: unknown, Resource: unknown, more: object = {}): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource, ...more }],
});
const of = (...identity: unknown[]): EffectiveAccess => EffectiveAccess.ofPolicies({ identity });
const FILES = 'arn:aws:s3:::files/*';

describe('two policies of identities', () => {
  test.each<[string, object, object, AccessRelation]>([
    [
      'the same in other words',
      allow(['s3:GetObject', 's3:PutObject'], FILES),
      allow(['s3:putobject', 'S3:GetObject', 's3:GetObject'], [FILES]),
      AccessRelation.EQUAL,
    ],
    ['less', allow('s3:GetObject', FILES), allow('s3:GetObject', 'arn:aws:s3:::files/a/*'), AccessRelation.NARROWED],
  ])('gain nothing: %s', (_, before, after, relation) => {
    const comparison = PolicyComparison.between(of(before), of(after));
    expect(comparison.gainsNothing).toBe(true);
    expect(comparison.gained).toEqual([]);
    expect(comparison.relation).toBe(relation);
    expect(comparison.certainty).toBe(AccessCertainty.PROVED);
    expect(comparison.catalogue).toBe(serviceReferenceVersion().version);
  });

  test('gain, with a request that shows it', () => {
    const comparison = PolicyComparison.between(
      of(allow('s3:GetObject', FILES)),
      of(allow(['s3:GetObject', 's3:DeleteObject'], FILES)),
    );
    expect(comparison).toMatchObject({
      relation: AccessRelation.BROADENED,
      certainty: AccessCertainty.WITNESS,
      gainsNothing: false,
      lost: [],
    });
    expect(comparison.gained).toEqual([
      {
        certainty: AccessCertainty.WITNESS,
        scope: AccessScope.SUBTREE,
        accessLevels: ['Write'],
        witness: { action: 's3:DeleteObject', resource: expect.stringContaining('arn:aws:s3:::files/'), context: {} },
      },
    ]);
    expect(comparison.describe()).toMatch(
      /^broadened: gained s3:DeleteObject on arn:aws:s3:::files\/\S* \(Write, a subtree\)$/,
    );
  });

  test('gain and lose, a line for each part', () => {
    const before = allow('s3:GetObject', FILES, { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } });
    const comparison = PolicyComparison.between(
      of(before),
      of(allow('sqs:SendMessage', 'arn:aws:sqs:us-east-1:111122223333:a')),
    );
    expect(comparison.relation).toBe(AccessRelation.MIXED);
    expect(comparison.describe().split('\n')).toEqual([
      'mixed',
      '  gained sqs:SendMessage on arn:aws:sqs:us-east-1:111122223333:a (Write, one resource)',
      expect.stringMatching(
        /^ {2}lost s3:GetObject on arn:aws:s3:::files\/\S* where aws:PrincipalTag\/team = a \(Read, /,
      ),
    ]);
  });

  test('are equal in words too', () => {
    expect(
      PolicyComparison.between(of(allow('s3:GetObject', FILES)), of(allow('s3:GetObject', FILES))).describe(),
    ).toBe('equal');
  });

  test('gain what a wildcard will take in', () => {
    const before = allow(['s3:GetObject', 's3:GetObjectAcl'], FILES);
    expect(PolicyComparison.between(of(before), of(allow('s3:GetObject*', FILES))).gainsNothing).toBe(false);
  });

  test('are compared under the boundary', () => {
    const everything = EffectiveAccess.ofPolicies({
      identity: [allow('*', '*')],
      boundary: [allow('s3:GetObject', FILES)],
    });
    expect(PolicyComparison.between(of(allow('s3:GetObject', FILES)), everything).relation).toBe(AccessRelation.EQUAL);
  });
});

describe('roles and documents of an app', () => {
  const stack = new Stack(new App(), 'S', { env: ENV });
  const bucket = new s3.Bucket(stack, 'Bucket');
  const custom = new CfnResource(stack, 'Custom', { type: 'Custom::Maker' });
  const parameter = new CfnParameter(stack, 'Parameter').valueAsString;
  const reads = (resource: string): EffectiveAccess =>
    of(
      new iam.PolicyDocument({
        statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [resource] })],
      }),
    );

  test('are compared by what they refer to', () => {
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('a/*')] }));
    expect(PolicyComparison.between(reads(bucket.arnForObjects('*')), EffectiveAccess.ofRole(role)).relation).toBe(
      AccessRelation.NARROWED,
    );
    const widened = PolicyComparison.between(EffectiveAccess.ofRole(role), reads(bucket.arnForObjects('*')));
    expect(widened.gained[0]?.witness?.resource).toMatch(/^<S\/Bucket.Arn>\//);
  });

  test('are proved by what both sides know of a resource: its name begins no ARN, and its type is the same', () => {
    const certainty = (before: string, after: string): AccessCertainty =>
      PolicyComparison.between(reads(`${before}/*`), reads(`${after}/a`)).certainty;
    const other = new CfnResource(new Stack(new App(), 'S', { env: ENV }), 'Bucket', { type: 'Custom::Maker' });
    const made = new CfnResource(new Stack(new App(), 'S', { env: ENV }), 'Bucket', { type: 'AWS::S3::Bucket' });
    const arnOf = (resource: CfnResource): string => Token.asString(resource.getAtt('Arn'));
    expect(certainty(bucket.bucketArn, bucket.bucketArn)).toBe(AccessCertainty.PROVED);
    expect(certainty(arnOf(made), arnOf(made))).toBe(AccessCertainty.PROVED);
    expect(certainty(arnOf(made), arnOf(other))).toBe(AccessCertainty.MAY);
    expect(certainty(arnOf(other), arnOf(made))).toBe(AccessCertainty.MAY);
    expect(certainty(bucket.bucketName, bucket.bucketName)).toBe(AccessCertainty.MAY);
  });

  test.each<[string, string]>([
    ['a parameter', `arn:aws:s3:::${parameter}`],
    ['an attribute of a custom resource', Token.asString(custom.getAtt('Arn'))],
  ])('gain what can not be ruled out: %s may be anything', (_, arn) => {
    const comparison = PolicyComparison.between(reads(`${arn}/?`), reads(`${arn}/${parameter}`));
    expect(comparison.gainsNothing).toBe(false);
    expect(comparison.certainty).toBe(AccessCertainty.MAY);
    expect(comparison.gained[0]?.because).toContain('cannot decide, because');
    expect(comparison.describe()).toContain('gained perhaps ');
  });
});

describe('policies of resources', () => {
  const policy = (...principals: string[]): EffectiveAccess =>
    EffectiveAccess.ofPolicies({ resource: [allow('s3:GetObject', FILES, { Principal: { AWS: principals } })] });

  test('are compared by whom they let in', () => {
    expect(PolicyComparison.between(policy('444455556666'), policy('444455556666')).relation).toBe(
      AccessRelation.EQUAL,
    );
    expect(PolicyComparison.between(policy('444455556666'), policy('444455556666', '*')).gainsNothing).toBe(false);
  });

  test('are not compared together with those of an identity', () => {
    const both = EffectiveAccess.ofPolicies({
      identity: [allow('s3:GetObject', FILES)],
      resource: [allow('s3:GetObject', FILES, { Principal: '*' })],
    });
    expect(() => PolicyComparison.between(both, both)).toThrow(
      expect.objectContaining({
        name: 'PoliciesNotComparable',
        message: expect.stringContaining("identity: is not compared with type 'resource'"),
      }),
    );
  });
});
