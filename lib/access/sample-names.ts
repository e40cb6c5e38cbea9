import { foldedValue, type TemplateNames } from './folded-value';
import type { Template, TemplateEnvironment, TemplateResource } from './template';

interface ResourceNaming {
  /** The property that names the resource. */
  readonly name?: string;
  /** The ARN after `arn:PARTITION:`; `R`, `A` and `NAME` are replaced. */
  readonly arn: string;
  /** True where a Ref answers the ARN, not the name. */
  readonly refIsArn?: boolean;
}

/** How resources of the types that agents use are named. Of other types the ARN is made from the type's own words. */
const NAMING: Readonly<Record<string, ResourceNaming>> = {
  'AWS::Bedrock::Agent': { arn: 'bedrock:R:A:agent/NAME' },
  'AWS::Bedrock::Guardrail': { arn: 'bedrock:R:A:guardrail/NAME' },
  'AWS::Bedrock::KnowledgeBase': { arn: 'bedrock:R:A:knowledge-base/NAME' },
  'AWS::BedrockAgentCore::Gateway': { arn: 'bedrock-agentcore:R:A:gateway/NAME' },
  'AWS::BedrockAgentCore::Memory': { arn: 'bedrock-agentcore:R:A:memory/NAME' },
  'AWS::BedrockAgentCore::Runtime': { arn: 'bedrock-agentcore:R:A:runtime/NAME' },
  'AWS::DynamoDB::Table': { name: 'TableName', arn: 'dynamodb:R:A:table/NAME' },
  'AWS::ECR::Repository': { name: 'RepositoryName', arn: 'ecr:R:A:repository/NAME' },
  'AWS::ECS::Cluster': { name: 'ClusterName', arn: 'ecs:R:A:cluster/NAME' },
  'AWS::EKS::Cluster': { name: 'Name', arn: 'eks:R:A:cluster/NAME' },
  'AWS::IAM::ManagedPolicy': { name: 'ManagedPolicyName', arn: 'iam::A:policyPATHNAME', refIsArn: true },
  'AWS::IAM::Role': { name: 'RoleName', arn: 'iam::A:rolePATHNAME' },
  'AWS::KMS::Key': { arn: 'kms:R:A:key/NAME' },
  'AWS::Lambda::Function': { name: 'FunctionName', arn: 'lambda:R:A:function:NAME' },
  'AWS::Logs::LogGroup': { name: 'LogGroupName', arn: 'logs:R:A:log-group:NAME:*' },
  'AWS::S3::Bucket': { name: 'BucketName', arn: 's3:::NAME' },
  'AWS::SNS::Topic': { name: 'TopicName', arn: 'sns:R:A:NAME', refIsArn: true },
  'AWS::SQS::Queue': { name: 'QueueName', arn: 'sqs:R:A:NAME' },
  'AWS::SecretsManager::Secret': { name: 'Name', arn: 'secretsmanager:R:A:secret:NAME-AbCdEf', refIsArn: true },
  'AWS::StepFunctions::StateMachine': { name: 'StateMachineName', arn: 'states:R:A:stateMachine:NAME', refIsArn: true },
};

/** What a logical id, a `LogicalId.Attribute`, a parameter or an export stands for, where the sample would not do. */
export type SampleOverrides = Readonly<Record<string, string>>;

/** A sample for every name of the template, as it could come out in `environment`. */
export function sampleNames(
  template: Template,
  environment: TemplateEnvironment,
  overrides: SampleOverrides,
): TemplateNames {
  const { account, region, partition } = environment;
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': account,
    'AWS::NotificationARNs': [],
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::StackId': `arn:${partition}:cloudformation:${region}:${account}:stack/sample/11111111-2222-3333-4444-555555555555`,
    'AWS::StackName': 'sample',
    'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  };

  const nameOf = (logicalId: string, resource: TemplateResource): string => {
    const property = NAMING[resource.Type]?.name;
    const given = property === undefined ? undefined : foldedValue(resource.Properties?.[property], template, names);
    const fallback = resource.Type === 'AWS::S3::Bucket' ? logicalId.toLowerCase() : logicalId;
    return overrides[logicalId] ?? (typeof given === 'string' ? given : fallback);
  };

  const arnOf = (logicalId: string, resource: TemplateResource): string => {
    const path = foldedValue(resource.Properties?.Path, template, names);
    return `arn:${partition}:${NAMING[resource.Type]?.arn ?? arnOfType(resource.Type)}`
      .replace(':R:', `:${region}:`)
      .replace(':A:', `:${account}:`)
      .replace('PATH', typeof path === 'string' ? path : '/')
      .replace('NAME', nameOf(logicalId, resource));
  };

  const names: TemplateNames = {
    ref(name) {
      const parameter = template.Parameters?.[name];
      const resource = template.Resources?.[name];
      if (overrides[name] !== undefined || pseudo[name] !== undefined) {
        return overrides[name] ?? pseudo[name];
      }
      if (parameter !== undefined) {
        const value = parameter.Default ?? `sample-${name}`;
        const isList = parameter.Type === 'CommaDelimitedList' || parameter.Type?.startsWith('List<');
        return isList ? String(value).split(',') : String(value);
      }
      if (resource === undefined) {
        return undefined;
      }
      return NAMING[resource.Type]?.refIsArn ? arnOf(name, resource) : nameOf(name, resource);
    },
    attribute(logicalId, attribute) {
      const override = overrides[`${logicalId}.${attribute}`];
      const resource = template.Resources?.[logicalId];
      if (override !== undefined || resource === undefined) {
        return override;
      }
      return attribute.endsWith('Arn') ? arnOf(logicalId, resource) : `${nameOf(logicalId, resource)}-${attribute}`;
    },
    importValue: (exportName) => overrides[exportName] ?? `sample-${exportName}`,
  };
  return names;
}

function arnOfType(type: string): string {
  const [, service = 'unknown', resource = 'unknown'] = type.toLowerCase().split('::');
  return `${service}:R:A:${resource}/NAME`;
}
