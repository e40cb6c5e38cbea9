import {
  AgentFunctionGrant,
  AgentGuardrail,
  AgentKnowledgeBaseGrant,
  AgentModel,
  AgentModelGrant,
  AgentStorageGrant,
  type ScopedAgentRole,
} from 'cdk-least-agency';
import { type ClaimsResources, GUARDRAIL_ARN, MODEL } from './claims-resources';

/** What the claims agent needs, the same on every host. */
export function grantClaimsNeeds(agent: ScopedAgentRole, resources: ClaimsResources): void {
  const { bucket, encryptionKey, knowledgeBase, lookupVersion } = resources;
  new AgentModelGrant(agent, 'Claude', {
    model: AgentModel.inferenceProfile(`us.${MODEL}`),
    guardrail: AgentGuardrail.fromGuardrailArn(GUARDRAIL_ARN, '3'),
  });
  new AgentKnowledgeBaseGrant(agent, 'PolicyHandbook', { knowledgeBase });
  new AgentFunctionGrant(agent, 'Lookup', { function: lookupVersion });
  new AgentStorageGrant(agent, 'Claims', { bucket, prefix: 'claims/', encryptionKey });
}
