import { type CfnElement, CfnResource, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { type PolicyText, text } from '../policy/document/text';
import { cfnText, intrinsic } from './cfn-text';
import { attributeOf, resolveKeepingReferences, TokenNames } from './token-text';

/** How many characters a policy takes, white space not counted. */
export interface RenderedSize {
  readonly characters: number;
  /** True when values are not known yet and were counted at their documented maximum. */
  readonly upTo: boolean;
}

/** Documented maximum lengths of pseudo parameters. */
const PSEUDO_LENGTHS: Readonly<Record<string, number>> = {
  'AWS::AccountId': 12,
  'AWS::Partition': 10,
  'AWS::Region': 16,
  'AWS::StackName': 128,
  'AWS::URLSuffix': 16,
};

/** The longest prefix of an ARN before its name: partition, service, region and account at their maximum. */
const ARN_HEAD = 'arn:aws-us-gov:bedrock-agentcore:ap-southeast-7:111122223333:'.length;

/** Documented maximum lengths of names, by resource type: what stands after the head of the ARN. */
const NAME_LENGTHS: Readonly<Record<string, number>> = {
  'AWS::Bedrock::ApplicationInferenceProfile': 'application-inference-profile/'.length + 12,
  'AWS::Bedrock::Guardrail': 'guardrail/'.length + 12,
  'AWS::Bedrock::KnowledgeBase': 'knowledge-base/'.length + 10,
  'AWS::DynamoDB::GlobalTable': 'table/'.length + 255,
  'AWS::DynamoDB::Table': 'table/'.length + 255,
  'AWS::ECR::Repository': 'repository/'.length + 256,
  'AWS::IAM::ManagedPolicy': 'policy/'.length + 512 + 128,
  'AWS::IAM::Role': 'role/'.length + 512 + 64,
  'AWS::KMS::Key': 'key/mrk-'.length + 36,
  'AWS::Lambda::Alias': 'function:'.length + 64 + 1 + 128,
  'AWS::Lambda::Function': 'function:'.length + 64,
  'AWS::Lambda::Version': 'function:'.length + 64 + 1 + 19,
  'AWS::Logs::LogGroup': 'log-group:'.length + 512 + 2,
  'AWS::S3::Bucket': 63,
  'AWS::SNS::Topic': 256,
  'AWS::SQS::Queue': 80,
  'AWS::SecretsManager::Secret': 'secret:'.length + 512 + 7,
};

/** What a value of any other type may take: 256 is the longest name that most services accept. */
const OTHER_NAME = 256;

/** The size of a policy document that may hold tokens, as seen from `scope`. */
export function renderedSize(document: unknown, scope: IConstruct): RenderedSize {
  let upTo = false;
  const placeholder = (length: number): PolicyText => {
    upTo = true;
    return text('x'.repeat(length));
  };
  const readReference = (target: CfnElement): PolicyText => {
    const type = CfnResource.isCfnResource(target) ? target.cfnResourceType : '';
    return placeholder(ARN_HEAD + (NAME_LENGTHS[type] ?? OTHER_NAME));
  };
  const names = new TokenNames(Stack.of(scope));
  const count = (value: unknown): unknown => {
    if (intrinsic(value)) {
      const parts = cfnText(value, names);
      return parts
        .map((part) => {
          if (typeof part === 'string') {
            return part;
          }
          upTo = true;
          const name = attributeOf(part.atom)?.attribute ?? part.atom;
          return 'x'.repeat(PSEUDO_LENGTHS[name] ?? ARN_HEAD + OTHER_NAME);
        })
        .join('');
    }
    if (Array.isArray(value)) {
      return value.map(count);
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, count(item)]));
    }
    return value;
  };
  const json = JSON.stringify(count(resolveKeepingReferences(document, scope, readReference)));
  return { characters: json.replace(/\s/g, '').length, upTo };
}
