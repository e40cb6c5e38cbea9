import type { KnownAtoms } from '../policy/compare/covered';
import type { StageIndex } from './stage-index';
import { attributeOf } from './token-text';

/**
 * What the Ref is of types whose attributes on `Arn` are whole ARNs without a wildcard.
 *
 * Left out are types that nobody has looked at, custom resources, whose attributes may be anything, log groups, whose
 * ARN ends in `:*`, and roles, whose path may hold wildcards.
 */
const LOOKED_AT: Readonly<Record<string, 'name' | 'arn' | 'other'>> = {
  'AWS::Bedrock::Agent': 'name',
  'AWS::Bedrock::Guardrail': 'other',
  'AWS::Bedrock::KnowledgeBase': 'name',
  'AWS::DynamoDB::GlobalTable': 'name',
  'AWS::DynamoDB::Table': 'name',
  'AWS::ECR::Repository': 'name',
  'AWS::ECS::Cluster': 'name',
  'AWS::EKS::Cluster': 'name',
  'AWS::KMS::Key': 'name',
  'AWS::Kinesis::Stream': 'name',
  'AWS::Lambda::Function': 'name',
  'AWS::S3::Bucket': 'name',
  'AWS::SNS::Topic': 'arn',
  'AWS::SQS::Queue': 'other',
  'AWS::SecretsManager::Secret': 'arn',
  'AWS::StepFunctions::StateMachine': 'arn',
};

const ARNS = new Set(['AgentArn', 'Arn', 'GuardrailArn', 'KnowledgeBaseArn', 'StreamArn', 'TopicArn']);

const PSEUDO_PARAMETERS = new Set(['AWS::AccountId', 'AWS::Partition', 'AWS::Region', 'AWS::URLSuffix']);

const known = new WeakMap<StageIndex, KnownAtoms>();

/** What is known about the atoms of a Stage; the same object for the same index. */
export function knownAtoms(index: StageIndex): KnownAtoms {
  let atoms = known.get(index);
  if (atoms === undefined) {
    atoms = knownAtomsOf((path) => index.at(path)?.type);
    known.set(index, atoms);
  }
  return atoms;
}

/** What is known about atoms whose resources have known types. @param typeAt The type of the resource at a path. */
export function knownAtomsOf(typeAt: (path: string) => string | undefined): KnownAtoms {
  const kindOf = (atom: string): 'name' | 'arn' | 'other' | undefined => {
    const { path, attribute } = attributeOf(atom) ?? {};
    const type = path === undefined ? undefined : typeAt(path);
    if (type === undefined || !Object.hasOwn(LOOKED_AT, type)) {
      return undefined;
    }
    return ARNS.has(attribute ?? '') ? 'arn' : attribute === 'Ref' ? LOOKED_AT[type] : undefined;
  };
  return {
    isArn: (atom) => kindOf(atom) === 'arn',
    isName: (atom) => PSEUDO_PARAMETERS.has(atom) || kindOf(atom) === 'name',
  };
}
