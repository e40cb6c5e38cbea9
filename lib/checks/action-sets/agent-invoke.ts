import { ActionSet } from '../judging/grants/allowed-actions';

/** Actions that hand work to another agent, flow, harness or gateway, which acts with a role of its own. */
export const AGENT_INVOKE = new ActionSet(
  'bedrock:InvokeAgent',
  'bedrock:InvokeFlow',
  'bedrock:InvokeInlineAgent',
  'bedrock:StartFlowExecution',
  'bedrock-agentcore:InvokeAgentRuntime',
  'bedrock-agentcore:InvokeAgentRuntimeForUser',
  'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStream',
  'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStreamForUser',
  'bedrock-agentcore:InvokeGateway',
  'bedrock-agentcore:InvokeHarness',
);

/** Those that act in the name of whatever user the caller says. */
export const ON_BEHALF = new ActionSet(
  'bedrock-agentcore:GetWorkloadAccessTokenForUserId',
  'bedrock-agentcore:InvokeAgentRuntimeForUser',
  'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStreamForUser',
);
