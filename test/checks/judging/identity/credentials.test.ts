import { credentialIn, credentialVariable } from '../../../../lib/checks/judging/identity/credentials';

describe('credentials are known by their look', () => {
  test.each([
    ['an AWS access key id', 'key AKIAIOSFODNN7EXAMPLE'],
    ['a secret access key', 'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
    ['a Bedrock API key', 'ABSKQmVkcm9ja0FQSUtleS1leGFtcGxlMTIzNDU2Nzg5MA=='],
    ['a GitHub token', `ghp_${'a1B2'.repeat(9)}`],
    ['an API key', 'sk-proj-a1b2c3d4e5f6a7b8c9d0e1f2'],
    ['a token', 'Authorization: Bearer 0a1b2c3d4e5f6a7b8c9d'],
    ['a signed token', 'eyJhbGciOiJI.eyJzdWIiOiIxMjM0.c2lnbmF0dXJl'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----'],
    ['a password in a URL', 'postgresql://claims:hunter2@db.example.com/claims'],
    ['a password', 'the password is hunter2'],
    ['a password', '"client_secret": "a1b2c3d4e5"'],
    ['a password', 'Log in with password "Summer2026!"'],
  ])('%s', (form, said) => {
    expect(credentialIn(said)).toBe(form);
  });

  test.each([
    'Never ask for a password. A password is required, with 12 characters at least.',
    'ApiKeyArn: arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default/apikeycredentialprovider/Crm1',
    'declare const apiKey: apigwv2.ApiKey;',
    'https://auth.example.com/oauth2/token',
    'https://example.com:8443/claims/a@b',
    'Key: 0a1b2c3d4e5f60718293a4b5c6d7e8f901234567.zip',
    'api key: {{resolve:secretsmanager:crm:SecretString:key1}}',
    'password: ${Password1}',
    'an access key such as AKIA...',
    'sk-learn-extensions-for-everybody',
  ])('%s is none', (said) => {
    expect(credentialIn(said)).toBeUndefined();
  });
});

describe('variables', () => {
  test.each([
    ['AWS_SECRET_ACCESS_KEY', '<{app#Key}.Ref>'],
    ['aws_bearer_token_bedrock', 'x'],
    ['CRM_LOGIN', '{{resolve:secretsmanager:<{app#Secret}.Arn>:SecretString}}'],
    ['DB_PASSWORD', 'Summer2026'],
  ])('%s is a credential', (name, value) => {
    expect(credentialVariable(name, value)).toContain(name);
  });

  test.each([
    ['OPENAI_API_KEY', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:openai-a1b2c3'],
    ['AWS_BEARER_TOKEN_BEDROCK', '<{app#Secret}.Arn>'],
    ['AWS_ACCESS_KEY_ID', ''],
    ['CRM_API_KEY', 'claims-crm-key'],
    ['CRM_API_KEY', '/claims/Crm/1'],
    ['MODEL', '{{resolve:ssm:/claims/model}}'],
  ])('%s is not, when it is %s', (name, value) => {
    expect(credentialVariable(name, value)).toBeUndefined();
  });
});
