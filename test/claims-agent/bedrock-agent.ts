import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import type { Stack } from 'aws-cdk-lib/core';
import { AgentHost, ScopedAgentRole } from 'cdk-least-agency';
import { grantClaimsNeeds } from './claims-grants';
import { ClaimsResources, FUNCTION_ARN, GUARDRAIL_ARN, KNOWLEDGE_BASE_ARN, MODEL } from './claims-resources';

/** The claims agent as an Amazon Bedrock agent, made with the resource of CloudFormation. */
export function bedrockAgent(stack: Stack): void {
  const resources = new ClaimsResources(stack);
  const agent = new ScopedAgentRole(stack, 'ClaimsAgent', {
    agentName: 'claims-agent',
    owner: 'claims-platform@example.com',
    host: AgentHost.bedrockAgent({ agentName: 'claims-agent' }),
  });
  grantClaimsNeeds(agent, resources);

  new bedrock.CfnAgent(stack, 'Agent', {
    agentName: agent.hostName,
    agentResourceRoleArn: agent.roleArn,
    foundationModel: `arn:aws:bedrock:${stack.region}:${stack.account}:inference-profile/us.${MODEL}`,
    instruction: 'You answer questions about insurance claims from the policy handbook and the claim documents.',
    guardrailConfiguration: { guardrailIdentifier: GUARDRAIL_ARN, guardrailVersion: '3' },
    knowledgeBases: [{ knowledgeBaseId: KNOWLEDGE_BASE_ARN.split('/')[1] ?? '', description: 'the policy handbook' }],
    actionGroups: [
      {
        actionGroupName: 'lookup',
        actionGroupExecutor: { lambda: `${FUNCTION_ARN}:7` },
        functionSchema: { functions: [{ name: 'lookup', description: 'looks up a claim' }] },
      },
    ],
  });
}
