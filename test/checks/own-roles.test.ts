import type { Stack } from 'aws-cdk-lib/core';
import { AppModel } from '../../lib/access/app/app-model';
import type { Json } from '../../lib/access/app/json';
import { CATALOGUE } from '../../lib/checks/catalogue';
import { checkSettings } from '../../lib/checks/check-settings';
import { runRules } from '../../lib/checks/run-rules';
import { agentcoreRuntimeAgent } from '../claims-agent/agentcore-runtime-agent';
import { bedrockAgent } from '../claims-agent/bedrock-agent';
import { claimsTemplate } from '../claims-agent/claims-stack';
import { ecsTaskAgent } from '../claims-agent/ecs-task-agent';
import { eksPodIdentityAgent } from '../claims-agent/eks-pod-identity-agent';
import { lambdaFunctionAgent } from '../claims-agent/lambda-function-agent';
import { CASE_DATE } from './check-cases';
import { PROWLER_CHECKS } from './prowler-checks';

const APPS: readonly (readonly [string, (stack: Stack) => void])[] = [
  ['AgentCore Runtime', agentcoreRuntimeAgent],
  ['Bedrock agent', bedrockAgent],
  ['Lambda', lambdaFunctionAgent],
  ['ECS', ecsTaskAgent],
  ['EKS', eksPodIdentityAgent],
];

describe.each(APPS)('the claims agent on %s', (_, build) => {
  let app: AppModel;

  beforeAll(() => {
    app = new AppModel([
      { name: 'Claims', body: claimsTemplate(build) as Json, account: '111122223333', region: 'us-east-1' },
    ]);
  });

  test('is seen as an agent', () => {
    expect(app.agentRoles.map(({ resource }) => resource.logicalId)).toHaveLength(1);
  });

  test('has no finding, a note apart, under any rule', () => {
    const findings = runRules(CATALOGUE, app, checkSettings({ date: CASE_DATE }));
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  test.each(PROWLER_CHECKS)('passes what an auditor runs later: $name', ({ fails }) => {
    expect(app.agentRoles.filter((role) => fails(role, app)).map(({ resource }) => resource.logicalId)).toEqual([]);
  });
});
