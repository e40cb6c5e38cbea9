import type { AppRole } from '../../../access/app/app-role';
import { ActionSet } from './allowed-actions';

/** Actions whose breadth a rule of their own judges: `model-wildcard`, `secrets-broad`, `passrole-broad` and so on. */
export const SPECIFIC_RULES = new ActionSet(
  'bedrock:InvokeModel',
  'bedrock:InvokeModelWithResponseStream',
  'secretsmanager:GetSecretValue',
  'secretsmanager:BatchGetSecretValue',
  'ssm:GetParameter',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
  'ssm:GetParameterHistory',
  'bedrock-agentcore:GetResourceApiKey',
  'bedrock-agentcore:GetResourceOauth2Token',
  'bedrock-agentcore:GetResourcePaymentToken',
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey*',
  'bedrock-agentcore:CreateEvent',
  'bedrock-agentcore:GetEvent',
  'bedrock-agentcore:ListEvents',
  'bedrock-agentcore:DeleteEvent',
  'bedrock-agentcore:ListActors',
  'bedrock-agentcore:ListSessions',
  'bedrock-agentcore:*MemoryRecord*',
  'bedrock-agentcore:*MemoryExtractionJob*',
  'bedrock:InvokeAgent',
  'bedrock:InvokeFlow',
  'bedrock:InvokeInlineAgent',
  'bedrock-agentcore:InvokeAgentRuntime',
  'bedrock-agentcore:InvokeAgentRuntimeForUser',
  'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStream*',
  'bedrock-agentcore:InvokeHarness',
  'bedrock-agentcore:InvokeGateway',
  'sts:AssumeRole',
  'iam:PassRole',
);

/** Those of them whose rule looks at the roles of knowledge bases too. */
const ON_KNOWLEDGE_BASES = new ActionSet(
  'secretsmanager:*',
  'ssm:GetParameter*',
  'bedrock-agentcore:GetResource*',
  'kms:*',
);

/** Whether a rule of its own judges how broad an action is, on some of these roles. */
export function hasSpecificRule(action: string, roles: readonly AppRole[]): boolean {
  return (
    SPECIFIC_RULES.has(action) && (ON_KNOWLEDGE_BASES.has(action) || roles.some(({ kinds }) => kinds.has('agent')))
  );
}
