import type { OverlayRow } from './overlay-row';

/**
 * Actions whose access level is List or Read, and that act: they start agents, run models, fetch from the internet or
 * hand out credentials. "Read-only" is not decided by access levels where one of these is in play.
 */
export const ACTS_THOUGH_READ: readonly OverlayRow[] = [
  {
    reason: 'starts an agent or a flow, which acts with rights of its own',
    actions: ['bedrock:InvokeAgent', 'bedrock:InvokeFlow', 'bedrock:InvokeInlineAgent'],
  },
  {
    reason: 'calls a tool, which does what the tool does',
    actions: ['agent-registry:InvokeRegistryMcp', 'bedrock-agentcore:InvokeRegistryMcp', 'bedrock:InvokeTool'],
  },
  {
    reason: 'runs a model: costs money and sends the prompt',
    actions: [
      'bedrock:AgenticRetrieveStream',
      'bedrock:InvokeModel',
      'bedrock:InvokeModelWithResponseStream',
      'sagemaker:InvokeEndpoint',
      'sagemaker:InvokeEndpointAsync',
      'sagemaker:InvokeEndpointWithResponseStream',
    ],
  },
  {
    reason: 'makes a bearer token usable for every call of the service that the policy allows',
    actions: ['bedrock-mantle:CallWithBearerToken', 'bedrock:CallWithBearerToken'],
  },
  {
    reason: 'drives a browser, which can do whatever a person could do there',
    actions: ['bedrock-agentcore:ConnectBrowserAutomationStream', 'bedrock-agentcore:ConnectBrowserLiveViewStream'],
  },
  {
    reason: 'asks the internet, and so sends to it',
    actions: ['bedrock-websearch:ExternalWebAccess', 'bedrock-websearch:InvokeFetch', 'bedrock-websearch:InvokeSearch'],
  },
  {
    reason: 'hands out a credential that others accept',
    actions: [
      'bedrock-agentcore:CompleteResourceTokenAuth',
      'bedrock-agentcore:GetResourceApiKey',
      'bedrock-agentcore:GetResourceOauth2Token',
      'bedrock-agentcore:GetResourcePaymentToken',
      'codeartifact:GetAuthorizationToken',
      'cognito-identity:GetCredentialsForIdentity',
      'cognito-identity:GetOpenIdToken',
      'cognito-identity:GetOpenIdTokenForDeveloperIdentity',
      'ecr:GetAuthorizationToken',
      'gamelift:GetComputeAuthToken',
      'gamelift:GetInstanceAccess',
      'gamelift:RequestUploadCredentials',
      's3:GetDataAccess',
      'secretsmanager:BatchGetSecretValue',
      'secretsmanager:GetSecretValue',
      'ssm:GetAccessToken',
      'ssm:GetParameter',
      'ssm:GetParameterHistory',
      'ssm:GetParameters',
      'ssm:GetParametersByPath',
      'sts:GetServiceBearerToken',
      'sts:GetSessionToken',
    ],
  },
  {
    reason: 'calls the API of a Kubernetes cluster with what the cluster gives the caller',
    actions: ['eks:AccessKubernetesApi'],
  },
];
