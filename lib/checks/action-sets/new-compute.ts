import { ActionSet } from '../judging/grants/allowed-actions';

/** The services that can get the role which is passed to a new resource, as principals without their domain. */
interface NewCompute {
  readonly services: readonly string[];
  readonly actions: readonly string[];
}

/**
 * Actions that start something new with a role that the caller passes. `ecs:RunTask` and the like run task definitions
 * that are there already, so they are not in it.
 */
const ROWS: readonly NewCompute[] = [
  { services: ['apprunner', 'build.apprunner', 'tasks.apprunner'], actions: ['apprunner:CreateService'] },
  {
    services: ['batch', 'ec2', 'ecs-tasks'],
    actions: ['batch:CreateComputeEnvironment', 'batch:RegisterJobDefinition'],
  },
  {
    services: ['bedrock-agentcore'],
    actions: [
      'bedrock-agentcore:CreateAgentRuntime',
      'bedrock-agentcore:CreateBrowser',
      'bedrock-agentcore:CreateCodeInterpreter',
      'bedrock-agentcore:CreateGateway',
      'bedrock-agentcore:CreateHarness',
    ],
  },
  { services: ['bedrock'], actions: ['bedrock:CreateAgent', 'bedrock:CreateFlow', 'bedrock:CreateKnowledgeBase'] },
  { services: ['braket'], actions: ['braket:CreateJob'] },
  {
    services: ['cloudformation'],
    actions: [
      'cloudformation:CreateChangeSet',
      'cloudformation:CreateStack',
      'cloudformation:CreateStackInstances',
      'cloudformation:CreateStackSet',
      'cloudformation:UpdateStackSet',
    ],
  },
  { services: ['codebuild'], actions: ['codebuild:CreateProject'] },
  { services: ['codepipeline'], actions: ['codepipeline:CreatePipeline'] },
  { services: ['cognito-identity'], actions: ['cognito-identity:SetIdentityPoolRoles'] },
  {
    services: ['datapipeline', 'elasticmapreduce', 'ec2'],
    actions: ['datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition'],
  },
  {
    services: ['ec2'],
    actions: [
      'ec2:AssociateIamInstanceProfile',
      'ec2:CreateFleet',
      'ec2:ReplaceIamInstanceProfileAssociation',
      'ec2:RequestSpotFleet',
      'ec2:RequestSpotInstances',
      'ec2:RunInstances',
    ],
  },
  { services: ['ecs-tasks', 'ecs'], actions: ['ecs:RegisterTaskDefinition'] },
  { services: ['elasticmapreduce', 'ec2'], actions: ['elasticmapreduce:RunJobFlow'] },
  { services: ['emr-serverless', 'ops.emr-serverless'], actions: ['emr-serverless:StartJobRun'] },
  { services: ['gamelift'], actions: ['gamelift:CreateFleet'] },
  {
    services: ['glue'],
    actions: ['glue:CreateDevEndpoint', 'glue:CreateJob', 'glue:CreateSession', 'glue:UpdateJob'],
  },
  { services: ['ec2', 'imagebuilder'], actions: ['imagebuilder:CreateInfrastructureConfiguration'] },
  { services: ['lambda'], actions: ['lambda:CreateFunction', 'lambda:RunMicrovm'] },
  { services: ['omics'], actions: ['omics:StartRun'] },
  {
    services: ['sagemaker'],
    actions: [
      'sagemaker:CreateHyperParameterTuningJob',
      'sagemaker:CreateModel',
      'sagemaker:CreateNotebookInstance',
      'sagemaker:CreateProcessingJob',
      'sagemaker:CreateTrainingJob',
    ],
  },
  { services: ['scheduler'], actions: ['scheduler:CreateSchedule', 'scheduler:UpdateSchedule'] },
  { services: ['ssm'], actions: ['ssm:StartAutomationExecution'] },
  { services: ['states'], actions: ['states:CreateStateMachine', 'states:UpdateStateMachine'] },
];

const SERVICES: ReadonlyMap<string, readonly string[]> = new Map(
  ROWS.flatMap(({ services, actions }) => actions.map((action) => [action, services] as const)),
);

/** Every action of the table. */
export const NEW_COMPUTE = new ActionSet(...SERVICES.keys());

/** The services that may get the role which is passed with an action; [] for an action that is not in the table. */
export function servicesThatGetTheRole(action: string): readonly string[] {
  return SERVICES.get(action) ?? [];
}
