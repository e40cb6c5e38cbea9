import * as iam from 'aws-cdk-lib/aws-iam';
import { App, type AppProps, NestedStack, Stack, Stage, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

const ENV = { account: '111122223333', region: 'cn-north-1' };

/** Writes a cloud assembly with agents in stacks of every kind, and answers its directory. */
export function writeAssembly(context: AppProps['context'] = {}): string {
  const app = new App({ analyticsReporting: false, context });
  const top = new Stack(app, 'Top', { env: ENV });
  agentRole(top, 'claims-agent');
  new iam.Role(top, 'NoAgent', { assumedBy: new iam.AccountRootPrincipal() });
  const inner = new NestedStack(top, 'Inner');
  agentRole(inner, 'inner-agent');
  agentRole(new NestedStack(inner, 'Innermost'), 'innermost-agent');
  agentRole(new Stack(app, 'Anywhere'), 'anywhere-agent');
  for (const id of ['Test', 'Prod']) {
    const stage = new Stage(app, id, { env: ENV });
    agentRole(new Stack(stage, 'Claims', { stackName: 'claims' }), 'claims-agent');
  }
  const twice = new Stack(app, 'Twice');
  agentRole(twice, 'twin-agent', 'One');
  agentRole(twice, 'twin-agent', 'Two');
  return app.synth().directory;
}

function agentRole(scope: Construct, agentName: string, id = 'Role'): void {
  const boundary = new iam.ManagedPolicy(scope, `${id}Boundary`, {
    statements: [new iam.PolicyStatement({ actions: ['*'], resources: ['*'] })],
  });
  const role = new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    permissionsBoundary: boundary,
  });
  const { partition, region, account } = Stack.of(scope);
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['bedrock:Retrieve'],
      resources: [`arn:${partition}:bedrock:${region}:${account}:knowledge-base/KBCLAIMS01`],
    }),
  );
  Tags.of(role).add('PrincipalType', 'Agent');
  Tags.of(role).add('AgentName', agentName);
}
