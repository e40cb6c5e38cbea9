import { ActionSet } from '../judging/grants/allowed-actions';

/** Keys and tokens that AgentCore Identity keeps for services outside AWS. */
export const TOKEN_READS = new ActionSet(
  'bedrock-agentcore:GetResourceApiKey',
  'bedrock-agentcore:GetResourceOauth2Token',
  'bedrock-agentcore:GetResourcePaymentToken',
);

/** Secrets of Secrets Manager, and parameters, which may be secrets. */
export const STORED_SECRET_READS = new ActionSet(
  'secretsmanager:BatchGetSecretValue',
  'secretsmanager:GetSecretValue',
  'ssm:GetParameter',
  'ssm:GetParameterHistory',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
);
