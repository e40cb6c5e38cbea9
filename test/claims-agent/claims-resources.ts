import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** Where the claims agent lives, in every case and every app. */
export const ACCOUNT = '111122223333';
export const REGION = 'us-east-1';

export const MODEL = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
export const GUARDRAIL_ARN = `arn:aws:bedrock:${REGION}:${ACCOUNT}:guardrail/gr1claims0001`;
export const KNOWLEDGE_BASE_ARN = `arn:aws:bedrock:${REGION}:${ACCOUNT}:knowledge-base/KBCLAIMS01`;
export const FUNCTION_ARN = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:claims-lookup`;
export const KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;

/**
 * What the claims agent works with. Everything is imported, so that the synthesized policies show no names that
 * only CloudFormation knows.
 */
export class ClaimsResources {
  public readonly knowledgeBase: bedrock.IKnowledgeBaseRef;
  public readonly lookup: lambda.IFunction;
  public readonly lookupVersion: lambda.IVersion;
  public readonly bucket: s3.IBucket;
  public readonly encryptionKey: kms.IKey;
  public readonly repository: ecr.IRepository;
  public readonly vpc: ec2.IVpc;

  public constructor(scope: Construct) {
    this.knowledgeBase = bedrock.CfnKnowledgeBase.fromKnowledgeBaseArn(scope, 'KnowledgeBase', KNOWLEDGE_BASE_ARN);
    this.lookup = lambda.Function.fromFunctionArn(scope, 'LookupFunction', FUNCTION_ARN);
    this.lookupVersion = lambda.Version.fromVersionArn(scope, 'LookupVersion', `${FUNCTION_ARN}:7`);
    this.bucket = s3.Bucket.fromBucketName(scope, 'Documents', 'claims-docs');
    this.encryptionKey = kms.Key.fromKeyArn(scope, 'Key', KEY_ARN);
    this.repository = ecr.Repository.fromRepositoryName(scope, 'Repository', 'claims-agent');
    this.vpc = ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
      vpcId: 'vpc-0a1b2c3d4e5f60718',
      availabilityZones: ['us-east-1a', 'us-east-1b'],
      privateSubnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-1a1b2c3d4e5f60718'],
    });
  }
}
