import { literalOf, type PolicyText, text } from '../../policy/document/text';
import type { AppResource } from './app-resource';

/** How the ARNs of a type of resource are written. */
interface ArnForm {
  readonly service: string;
  /** What stands before the name in the last part, such as `role/`. */
  readonly prefix: string;
  /** The property that holds the name, where the template may choose it. */
  readonly nameProperty?: string;
  /** The attributes that answer the name or the id, besides `Ref`. */
  readonly idAttributes?: readonly string[];
  /** The property with the id of what it belongs to, which stands before its own in the ARN. */
  readonly ownerProperty?: string;
  /** Whether `Ref` answers the ARN and not the name. */
  readonly refIsArn?: true;
  /** Whether ARNs of the type have neither region nor account. */
  readonly global?: true;
}

const FORMS: Readonly<Record<string, ArnForm>> = {
  'AWS::Bedrock::Agent': { service: 'bedrock', prefix: 'agent/', idAttributes: ['AgentId'] },
  'AWS::Bedrock::AgentAlias': {
    service: 'bedrock',
    prefix: 'agent-alias/',
    ownerProperty: 'AgentId',
    idAttributes: ['AgentAliasId'],
  },
  'AWS::Bedrock::Flow': { service: 'bedrock', prefix: 'flow/', idAttributes: ['Id'], refIsArn: true },
  'AWS::Bedrock::Guardrail': {
    service: 'bedrock',
    prefix: 'guardrail/',
    idAttributes: ['GuardrailId'],
    refIsArn: true,
  },
  'AWS::Bedrock::KnowledgeBase': { service: 'bedrock', prefix: 'knowledge-base/', idAttributes: ['KnowledgeBaseId'] },
  'AWS::Bedrock::Prompt': { service: 'bedrock', prefix: 'prompt/', idAttributes: ['Id'], refIsArn: true },
  'AWS::Bedrock::ApplicationInferenceProfile': {
    service: 'bedrock',
    prefix: 'application-inference-profile/',
    idAttributes: ['InferenceProfileId'],
    refIsArn: true,
  },
  'AWS::BedrockAgentCore::BrowserCustom': {
    service: 'bedrock-agentcore',
    prefix: 'browser-custom/',
    idAttributes: ['BrowserId'],
  },
  'AWS::BedrockAgentCore::CodeInterpreterCustom': {
    service: 'bedrock-agentcore',
    prefix: 'code-interpreter-custom/',
    idAttributes: ['CodeInterpreterId'],
  },
  'AWS::BedrockAgentCore::Gateway': {
    service: 'bedrock-agentcore',
    prefix: 'gateway/',
    idAttributes: ['GatewayIdentifier'],
  },
  'AWS::BedrockAgentCore::Harness': { service: 'bedrock-agentcore', prefix: 'harness/', idAttributes: ['HarnessId'] },
  'AWS::BedrockAgentCore::Memory': { service: 'bedrock-agentcore', prefix: 'memory/', idAttributes: ['MemoryId'] },
  'AWS::BedrockAgentCore::Runtime': {
    service: 'bedrock-agentcore',
    prefix: 'runtime/',
    idAttributes: ['AgentRuntimeId'],
  },
  'AWS::DynamoDB::Table': { service: 'dynamodb', prefix: 'table/', nameProperty: 'TableName' },
  'AWS::DynamoDB::GlobalTable': { service: 'dynamodb', prefix: 'table/', nameProperty: 'TableName' },
  'AWS::ECR::Repository': { service: 'ecr', prefix: 'repository/', nameProperty: 'RepositoryName' },
  'AWS::IAM::Role': { service: 'iam', prefix: 'role/', nameProperty: 'RoleName', global: true },
  'AWS::IAM::ManagedPolicy': {
    service: 'iam',
    prefix: 'policy/',
    nameProperty: 'ManagedPolicyName',
    refIsArn: true,
    global: true,
  },
  'AWS::IAM::User': { service: 'iam', prefix: 'user/', nameProperty: 'UserName', global: true },
  'AWS::KMS::Key': { service: 'kms', prefix: 'key/', idAttributes: ['KeyId'] },
  'AWS::Lambda::Function': { service: 'lambda', prefix: 'function:', nameProperty: 'FunctionName' },
  'AWS::Serverless::Function': { service: 'lambda', prefix: 'function:', nameProperty: 'FunctionName' },
  'AWS::Lambda::LayerVersion': { service: 'lambda', prefix: 'layer:', refIsArn: true },
  'AWS::Logs::LogGroup': { service: 'logs', prefix: 'log-group:', nameProperty: 'LogGroupName' },
  'AWS::S3::Bucket': { service: 's3', prefix: '', nameProperty: 'BucketName', global: true },
  'AWS::SNS::Topic': {
    service: 'sns',
    prefix: '',
    nameProperty: 'TopicName',
    idAttributes: ['TopicName'],
    refIsArn: true,
  },
  'AWS::SQS::Queue': { service: 'sqs', prefix: '', nameProperty: 'QueueName', idAttributes: ['QueueName'] },
  'AWS::SSM::Parameter': { service: 'ssm', prefix: 'parameter/', nameProperty: 'Name' },
  'AWS::SecretsManager::Secret': { service: 'secretsmanager', prefix: 'secret:', nameProperty: 'Name', refIsArn: true },
  'AWS::StepFunctions::StateMachine': {
    service: 'states',
    prefix: 'stateMachine:',
    nameProperty: 'StateMachineName',
    idAttributes: ['Name'],
    refIsArn: true,
  },
};

/** The attributes that answer the ARN of a resource, whatever its type calls them. */
export function isArnAttribute(type: string, attribute: string): boolean {
  const name = type.split('::').at(-1) ?? '';
  return (
    attribute === 'Arn' || attribute === `${name}Arn` || attribute === `Agent${name}Arn` || OWN_ARNS[type] === attribute
  );
}

const OWN_ARNS: Readonly<Record<string, string>> = {
  'AWS::Bedrock::ApplicationInferenceProfile': 'InferenceProfileArn',
  'AWS::BedrockAgentCore::BrowserCustom': 'BrowserArn',
  'AWS::BedrockAgentCore::CodeInterpreterCustom': 'CodeInterpreterArn',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'LoadBalancerArn',
  'AWS::IAM::ManagedPolicy': 'PolicyArn',
  'AWS::SecretsManager::Secret': 'Id',
};

/** Whether `Ref` of such a resource answers its ARN. */
export function refIsArn(type: string): boolean {
  return (
    FORMS[type]?.refIsArn === true ||
    ['AWS::Lambda::Version', 'AWS::Lambda::Alias', 'AWS::ECS::TaskDefinition', 'AWS::ECS::Service'].includes(type)
  );
}

/** The names and ids of a resource: what its name property says, and the atoms that stand for it. */
export function namesOf(resource: AppResource): PolicyText[] {
  const form = FORMS[resource.type];
  const said = form?.nameProperty === undefined ? [] : resource.get(form.nameProperty).texts();
  const ids = ['Ref', ...(form?.idAttributes ?? [])].map((attribute) => text({ atom: `${resource.key}.${attribute}` }));
  return [...said, ...(form?.refIsArn ? ids.slice(1) : ids)];
}

/** A resource's ARN in one spelling: the service, whether it is global, and the last part. */
export interface SpelledArn {
  readonly service: string;
  readonly global: boolean;
  readonly tail: PolicyText;
}

/** Every way to write the ARN of a resource, besides the attribute that answers it; [] where the type is not known. */
export function spelledArns(resource: AppResource): SpelledArn[] {
  const form = FORMS[resource.type];
  if (form === undefined) {
    return [];
  }
  const { service, prefix, global = false } = form;
  const paths = resource.type.startsWith('AWS::IAM::') ? pathsOf(resource) : ownersOf(resource, form);
  return [...namesOf(resource), ...generatedNames(resource)].flatMap((name) =>
    paths.map((path) => {
      const known = literalOf(name);
      // Parameters are called `/path/name`, and their ARNs have one slash.
      const tail =
        known?.startsWith('/') && prefix.endsWith('/') ? text(prefix + known.slice(1)) : text(prefix, path, name);
      return { service, global, tail };
    }),
  );
}

/** One object, so that each template reads it once. */
const STACK_NAME = { Ref: 'AWS::StackName' };

/**
 * The name that CloudFormation makes for a resource without one: it begins with the name of the stack and the logical
 * id, so that a pattern such as `${AWS::StackName}-*` takes it in. Names of buckets are in lower case, and left out.
 */
function generatedNames(resource: AppResource): PolicyText[] {
  const form = FORMS[resource.type];
  if (
    form?.nameProperty === undefined ||
    form.service === 's3' ||
    resource.get(form.nameProperty).presence === 'always'
  ) {
    return [];
  }
  const end = { atom: `${resource.key} end of its name` };
  return resource.scope
    .readings(STACK_NAME)
    .flatMap((reading) => (reading.kind === 'text' ? [text(reading.text, `-${resource.logicalId}-`, end)] : []));
}

/** What an id stands behind in the ARN: the id of the agent of an alias, and nothing for most types. */
function ownersOf(resource: AppResource, { ownerProperty }: ArnForm): PolicyText[] {
  if (ownerProperty === undefined) {
    return [text()];
  }
  const owners = resource.get(ownerProperty).texts();
  return (owners.length === 0 ? [text({ atom: `${resource.key}.${ownerProperty}` })] : owners).map((id) =>
    text(id, '/'),
  );
}

/** The path of a role stands in its ARN; people leave it out where it is `/`. */
function pathsOf(resource: AppResource): PolicyText[] {
  const paths = resource
    .get('Path')
    .literals()
    .map((path) => path.replace(/^\//, ''));
  return [...new Set(['', ...paths])].map((path) => text(path));
}

/** What the attribute that answers the ARN has behind it: `Arn` of a log group means the streams of the group. */
export function behindArn(type: string): string {
  return type === 'AWS::Logs::LogGroup' ? ':*' : '';
}
