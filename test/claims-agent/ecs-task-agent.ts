import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Stack } from 'aws-cdk-lib/core';
import { AgentHost, ScopedAgentRole } from 'cdk-least-agency';
import { grantClaimsNeeds } from './claims-grants';
import { ClaimsResources } from './claims-resources';

/** The claims agent as a Fargate task, made with the CDK's own task definition. */
export function ecsTaskAgent(stack: Stack): void {
  const resources = new ClaimsResources(stack);
  const agent = new ScopedAgentRole(stack, 'ClaimsAgent', {
    agentName: 'claims-agent',
    owner: 'claims-platform@example.com',
    host: AgentHost.ecsTask({}),
  });
  grantClaimsNeeds(agent, resources);

  const task = new ecs.FargateTaskDefinition(stack, 'Task', { taskRole: agent });
  task.addContainer('Agent', {
    image: ecs.ContainerImage.fromEcrRepository(resources.repository, 'v1.4.0'),
    logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'claims' }),
  });
}
