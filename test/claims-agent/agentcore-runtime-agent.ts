import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import type { Stack } from 'aws-cdk-lib/core';
import { AgentHost, ScopedAgentRole } from 'cdk-least-agency';
import { grantClaimsNeeds } from './claims-grants';
import { ClaimsResources } from './claims-resources';

/** The claims agent on AgentCore Runtime, made with the CDK's own `Runtime`, in a VPC. */
export function agentcoreRuntimeAgent(stack: Stack): void {
  const resources = new ClaimsResources(stack);
  const { repository, vpc } = resources;
  const agent = new ScopedAgentRole(stack, 'ClaimsAgent', {
    agentName: 'claims-agent',
    owner: 'claims-platform@example.com',
    host: AgentHost.agentCoreRuntime({ runtimeName: 'claims_agent', repository }),
  });
  grantClaimsNeeds(agent, resources);

  new agentcore.Runtime(stack, 'Runtime', {
    runtimeName: agent.hostName,
    executionRole: agent,
    agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromEcrRepository(repository, 'v1.4.0'),
    networkConfiguration: agentcore.RuntimeNetworkConfiguration.usingVpc(stack, { vpc }),
  });
}
