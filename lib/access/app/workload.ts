/** A type of resource that runs with a role. */
export interface WorkloadType {
  /** What it is called in messages. */
  readonly label: string;
  /** The property that names the role. */
  readonly roleProperty: readonly string[];
  /** Whether its role is an agent's role, by what it is. */
  readonly agent: boolean;
  /** The services that assume the role. */
  readonly services: readonly string[];
  /** Whether code of the agent or of its user runs with the role. */
  readonly sandbox?: true;
}

const AGENTCORE = ['bedrock-agentcore.amazonaws.com'];
const BEDROCK = ['bedrock.amazonaws.com'];

const agentCore = (label: string, ...roleProperty: string[]): WorkloadType => ({
  label,
  roleProperty,
  agent: true,
  services: AGENTCORE,
});
const plain = (label: string, services: string[], ...roleProperty: string[]): WorkloadType => ({
  label,
  roleProperty,
  agent: false,
  services,
});

/** The types of resources whose roles the rules know, by CloudFormation type. */
export const WORKLOAD_TYPES: Readonly<Record<string, readonly WorkloadType[]>> = {
  'AWS::Bedrock::Agent': [
    { label: 'Bedrock agent', roleProperty: ['AgentResourceRoleArn'], agent: true, services: BEDROCK },
  ],
  'AWS::Bedrock::Flow': [{ label: 'Bedrock flow', roleProperty: ['ExecutionRoleArn'], agent: true, services: BEDROCK }],
  'AWS::Bedrock::KnowledgeBase': [plain('knowledge base', BEDROCK, 'RoleArn')],
  'AWS::BedrockAgentCore::BrowserCustom': [{ ...agentCore('browser', 'ExecutionRoleArn'), sandbox: true }],
  'AWS::BedrockAgentCore::CapacityProvider': [agentCore('capacity provider', 'CapacityProviderOperatorRoleArn')],
  'AWS::BedrockAgentCore::CodeInterpreterCustom': [
    { ...agentCore('code interpreter', 'ExecutionRoleArn'), sandbox: true },
  ],
  'AWS::BedrockAgentCore::ConsentPortal': [
    agentCore('consent portal', 'RoleArn'),
    agentCore('consent portal', 'ExecutionRoleArn'),
  ],
  'AWS::BedrockAgentCore::Gateway': [agentCore('gateway', 'RoleArn')],
  'AWS::BedrockAgentCore::Harness': [agentCore('harness', 'ExecutionRoleArn')],
  'AWS::BedrockAgentCore::Memory': [agentCore('memory', 'MemoryExecutionRoleArn')],
  'AWS::BedrockAgentCore::OnlineEvaluationConfig': [agentCore('online evaluation', 'EvaluationExecutionRoleArn')],
  'AWS::BedrockAgentCore::PaymentManager': [agentCore('payment manager', 'RoleArn')],
  'AWS::BedrockAgentCore::Runtime': [agentCore('runtime', 'RoleArn')],
  'AWS::CodeBuild::Project': [plain('build project', ['codebuild.amazonaws.com'], 'ServiceRole')],
  'AWS::EC2::InstanceProfile': [plain('instance profile', ['ec2.amazonaws.com'], 'Roles')],
  'AWS::ECS::TaskDefinition': [plain('ECS task', ['ecs-tasks.amazonaws.com'], 'TaskRoleArn')],
  'AWS::EKS::PodIdentityAssociation': [plain('EKS pod', ['pods.eks.amazonaws.com'], 'RoleArn')],
  'AWS::Glue::Job': [plain('Glue job', ['glue.amazonaws.com'], 'Role')],
  'AWS::Lambda::Function': [plain('Lambda function', ['lambda.amazonaws.com'], 'Role')],
  'AWS::SageMaker::NotebookInstance': [plain('notebook', ['sagemaker.amazonaws.com'], 'RoleArn')],
  'AWS::Scheduler::Schedule': [plain('schedule', ['scheduler.amazonaws.com'], 'Target', 'RoleArn')],
  'AWS::Serverless::Function': [plain('Lambda function', ['lambda.amazonaws.com'], 'Role')],
  'AWS::Serverless::StateMachine': [plain('state machine', ['states.amazonaws.com'], 'Role')],
  'AWS::StepFunctions::StateMachine': [plain('state machine', ['states.amazonaws.com'], 'RoleArn')],
};
