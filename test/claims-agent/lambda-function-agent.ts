import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Stack } from 'aws-cdk-lib/core';
import { AgentHost, ScopedAgentRole } from 'cdk-least-agency';
import { grantClaimsNeeds } from './claims-grants';
import { ClaimsResources } from './claims-resources';

/** The claims agent in a Lambda function, traced and in a VPC, made with the CDK's own `Function`. */
export function lambdaFunctionAgent(stack: Stack): void {
  const resources = new ClaimsResources(stack);
  const logGroup = new logs.LogGroup(stack, 'LogGroup', { logGroupName: '/aws/lambda/claims-agent' });
  const agent = new ScopedAgentRole(stack, 'ClaimsAgent', {
    agentName: 'claims-agent',
    owner: 'claims-platform@example.com',
    host: AgentHost.lambdaFunction({ logGroup, vpc: true, tracing: true }),
  });
  grantClaimsNeeds(agent, resources);

  new lambda.Function(stack, 'Function', {
    functionName: 'claims-agent',
    role: agent,
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
    logGroup,
    tracing: lambda.Tracing.ACTIVE,
    vpc: resources.vpc,
  });
}
