import { ActionSet } from '../judging/grants/allowed-actions';

/** Actions that answer a request for approval. Starting a request and reading its state are not among them. */
export const APPROVALS = new ActionSet(
  'states:SendTaskSuccess',
  'states:SendTaskFailure',
  'lambda:SendDurableExecutionCallbackSuccess',
  'lambda:SendDurableExecutionCallbackFailure',
  'codepipeline:PutApprovalResult',
  'codepipeline:OverrideStageCondition',
  'ssm:SendAutomationSignal',
  'bedrock-agentcore:UpdateRegistryRecordStatus',
  'agent-registry:UpdateRegistryRecordStatus',
  'arc-region-switch:ApprovePlanExecutionStep',
  'codecommit:OverridePullRequestApprovalRules',
  'codecommit:UpdatePullRequestApprovalState',
);
