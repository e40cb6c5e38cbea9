import type { OverlayRow } from './overlay-row';

/** Actions that let something else act, with rights of its own: what it may do counts as reachable. */
export const DELEGATION: readonly OverlayRow[] = [
  {
    reason: 'becomes another role',
    actions: [
      'sts:AssumeRole',
      'sts:AssumeRoleWithSAML',
      'sts:AssumeRoleWithWebIdentity',
      'sts:AssumeRoot',
      'sts:GetDelegatedAccessToken',
    ],
  },
  {
    reason: 'hands a role to a service, which then acts with it',
    actions: ['iam:PassRole', 'lambda:PassCapacityProvider', 'lambda:PassNetworkConnector'],
  },
  {
    reason: 'asks another agent, which acts with its own role',
    actions: [
      'bedrock-agentcore:InvokeAgentRuntime',
      'bedrock-agentcore:InvokeAgentRuntimeCommand',
      'bedrock-agentcore:InvokeAgentRuntimeCommandShell',
      'bedrock-agentcore:InvokeAgentRuntimeForUser',
      'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStream',
      'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStreamForUser',
      'bedrock-agentcore:InvokeHarness',
      'bedrock:InvokeAgent',
      'bedrock:InvokeFlow',
      'bedrock:InvokeInlineAgent',
      'bedrock:StartFlowExecution',
    ],
  },
  {
    reason: 'calls tools behind a gateway or a registry, which act with its role or with credentials that it keeps',
    actions: [
      'agent-registry:InvokeRegistryMcp',
      'bedrock-agentcore:InvokeGateway',
      'bedrock-agentcore:InvokeRegistryMcp',
      'bedrock:InvokeTool',
    ],
  },
  {
    reason: 'runs code in a sandbox that has a role',
    actions: [
      'bedrock-agentcore:ConnectBrowserAutomationStream',
      'bedrock-agentcore:InvokeCodeInterpreter',
      'bedrock-agentcore:StartBrowserSession',
      'bedrock-agentcore:StartCodeInterpreterSession',
    ],
  },
  {
    reason: 'runs a function, which acts with its own role',
    actions: ['lambda:InvokeAsync', 'lambda:InvokeFunction', 'lambda:InvokeFunctionUrl', 'lambda:RunMicrovm'],
  },
  {
    reason: 'starts work that acts with a role of its own',
    actions: [
      'batch:SubmitJob',
      'codebuild:StartBuild',
      'codebuild:StartBuildBatch',
      'codepipeline:StartPipelineExecution',
      'ecs:RunTask',
      'ecs:StartTask',
      'emr-serverless:StartJobRun',
      'glue:StartJobRun',
      'glue:StartWorkflowRun',
      'sagemaker:StartPipelineExecution',
      'ssm:SendCommand',
      'ssm:StartAutomationExecution',
      'states:RedriveExecution',
      'states:StartExecution',
      'states:StartSyncExecution',
    ],
  },
  {
    reason: 'makes something happen later or on an event, with a role of its own',
    actions: ['events:PutTargets', 'scheduler:CreateSchedule', 'scheduler:UpdateSchedule'],
  },
  {
    reason: 'calls an API, behind which something acts',
    actions: ['appsync:GraphQL', 'execute-api:Invoke'],
  },
  {
    reason: 'gives another principal the use of a key',
    actions: ['kms:CreateGrant'],
  },
];
