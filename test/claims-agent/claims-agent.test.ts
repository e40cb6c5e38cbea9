import type { Stack } from 'aws-cdk-lib/core';
import type { Template } from '../../lib/access/template';
import { agentcoreRuntimeAgent } from './agentcore-runtime-agent';
import { bedrockAgent } from './bedrock-agent';
import { EXCESS, HOSTS, type Host, requestCases, trustCases } from './cases';
import { ACCOUNT, FUNCTION_ARN } from './claims-resources';
import { claimsTemplate } from './claims-stack';
import { ecsTaskAgent } from './ecs-task-agent';
import { eksPodIdentityAgent } from './eks-pod-identity-agent';
import { JudgedRole } from './judged-role';
import { lambdaFunctionAgent } from './lambda-function-agent';

const APPS: Readonly<Record<Host, (stack: Stack) => void>> = {
  'agentcore-runtime': agentcoreRuntimeAgent,
  'bedrock-agent': bedrockAgent,
  'lambda-function': lambdaFunctionAgent,
  'ecs-task': ecsTaskAgent,
  'eks-pod-identity': eksPodIdentityAgent,
};

describe.each(HOSTS)('the claims agent on %s', (host) => {
  let template: Template;
  let role: JudgedRole;

  beforeAll(() => {
    template = claimsTemplate(APPS[host]);
    role = JudgedRole.ofAgent(template, 'claims-agent');
  });

  describe('is allowed what it needs: it', () => {
    test.each(requestCases('needs', host))('$name', (request) => {
      expect(role.allows(request, host)).toBe(true);
    });
  });

  // The platforms of some hosts need nothing of the role, and a table without rows is an error to jest.
  const platform = requestCases(`platform-${host}`, host);
  if (platform.length > 0) {
    describe('is allowed what its platform needs: it', () => {
      test.each(platform)('$name', (request) => {
        expect(role.allows(request, host)).toBe(true);
      });
    });
  }

  describe.each(EXCESS)('is denied $title', ({ file }) => {
    const requests = requestCases(file, host);
    test(`in all of ${requests.length} requests`, () => {
      const allowed = requests.filter((request) => role.allows(request, host)).map(({ name }) => name);
      expect(allowed).toEqual([]);
    });
  });

  describe('is denied what differs a little from its needs: it never', () => {
    test.each(requestCases('near-misses', host))('$name', (request) => {
      expect(role.allows(request, host)).toBe(false);
    });
  });

  describe('has a trust policy that', () => {
    test.each(trustCases(host).filter(({ allowed }) => allowed))('lets in $name', (attempt) => {
      expect(role.admits(attempt)).toBe(true);
    });

    test.each(trustCases(host).filter(({ allowed }) => !allowed))('keeps out $name', (attempt) => {
      expect(role.admits(attempt)).toBe(false);
    });
  });

  test('has a boundary, and no managed policy that the template does not show', () => {
    expect(role.policies.boundary).toHaveProperty('document');
    expect(role.policies.managedPolicyArns).toEqual([]);
  });

  test('has sessions of one hour', () => {
    expect(role.policies.maxSessionDuration).toBe(3600);
  });
});

describe('the function of the claims agent on bedrock-agent', () => {
  const template = claimsTemplate(APPS['bedrock-agent']);
  const permissions = Object.values(template.Resources ?? {}).filter(
    ({ Type: type }) => type === 'AWS::Lambda::Permission',
  );

  test('is not granted on the role', () => {
    const [request] = requestCases('needs', 'ecs-task').filter(({ action }) => action === 'lambda:InvokeFunction');
    expect(request?.notOn).toEqual(['bedrock-agent']);
    expect(request && JudgedRole.ofAgent(template, 'claims-agent').allows(request, 'bedrock-agent')).toBe(false);
  });

  test('lets in Bedrock agents of this account alone, in its one version', () => {
    expect(permissions.map(({ Properties: properties }) => properties)).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: `${FUNCTION_ARN}:7`,
        Principal: 'bedrock.amazonaws.com',
        SourceAccount: ACCOUNT,
        SourceArn: expect.anything(),
      },
    ]);
  });
});
