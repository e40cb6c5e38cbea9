import type { OverlayRow } from './overlay-row';

/** Actions whose answer is a credential, or something as good as one. */
export const CREDENTIAL_EXPOSURE: readonly OverlayRow[] = [
  {
    reason: 'answers with a secret',
    actions: [
      'secretsmanager:BatchGetSecretValue',
      'secretsmanager:GetSecretValue',
      'ssm:GetParameter',
      'ssm:GetParameterHistory',
      'ssm:GetParameters',
      'ssm:GetParametersByPath',
      'states:RevealSecrets',
    ],
  },
  {
    reason: 'answers with an agent’s key or token for a service outside AWS',
    actions: [
      'bedrock-agentcore:CompleteResourceTokenAuth',
      'bedrock-agentcore:GetResourceApiKey',
      'bedrock-agentcore:GetResourceOauth2Token',
      'bedrock-agentcore:GetResourcePaymentToken',
      'events:RetrieveConnectionCredentials',
    ],
  },
  {
    reason: 'answers with a token that says who the agent or its user is',
    actions: [
      'bedrock-agentcore:GetWorkloadAccessToken',
      'bedrock-agentcore:GetWorkloadAccessTokenForJWT',
      'bedrock-agentcore:GetWorkloadAccessTokenForUserId',
      'cognito-identity:GetOpenIdToken',
      'cognito-identity:GetOpenIdTokenForDeveloperIdentity',
      'sts:GetWebIdentityToken',
    ],
  },
  {
    reason: 'answers with credentials of a session',
    actions: [
      'cognito-identity:GetCredentialsForIdentity',
      's3:GetDataAccess',
      'ssm:GetAccessToken',
      'ssm:RequestManagedInstanceRoleToken',
      'sso-oauth:CreateTokenWithIAM',
      'sts:AssumeRole',
      'sts:AssumeRoleWithSAML',
      'sts:AssumeRoleWithWebIdentity',
      'sts:AssumeRoot',
      'sts:GetDelegatedAccessToken',
      'sts:GetFederationToken',
      'sts:GetServiceBearerToken',
      'sts:GetSessionToken',
    ],
  },
  {
    reason: 'answers with a new long-lived credential',
    actions: [
      'iam:CreateAccessKey',
      'iam:CreateLoginProfile',
      'iam:CreateServiceSpecificCredential',
      'iam:ResetServiceSpecificCredential',
      'iam:UpdateLoginProfile',
    ],
  },
  {
    reason: 'answers with a password or a login for a database or a machine',
    actions: [
      'ec2:GetPasswordData',
      'elasticmapreduce:GetClusterSessionCredentials',
      'gamelift:GetComputeAuthToken',
      'gamelift:GetInstanceAccess',
      'gamelift:RequestUploadCredentials',
      'lightsail:GetInstanceAccessDetails',
      'lightsail:GetRelationalDatabaseMasterUserPassword',
      'rds-db:connect',
      'redshift-serverless:GetCredentials',
      'redshift:GetClusterCredentials',
      'redshift:GetClusterCredentialsWithIAM',
    ],
  },
  {
    reason: 'answers with a token for a registry of code or images',
    actions: ['codeartifact:GetAuthorizationToken', 'ecr-public:GetAuthorizationToken', 'ecr:GetAuthorizationToken'],
  },
  {
    reason: 'answers with an address that lets anybody in who has it',
    actions: [
      'elasticmapreduce:CreateStudioPresignedUrl',
      'lambda:CreateMicrovmAuthToken',
      'lambda:CreateMicrovmShellAuthToken',
      'sagemaker:CreatePresignedDomainUrl',
      'sagemaker:CreatePresignedNotebookInstanceUrl',
    ],
  },
  {
    reason: 'makes a bearer token usable',
    actions: ['bedrock-mantle:CallWithBearerToken', 'bedrock:CallWithBearerToken'],
  },
];
