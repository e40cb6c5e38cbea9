export type {
  AgentAttestation,
  AgentChecksProps,
  AgentRoleAttestation,
  AgentRoleChecksProps,
  RelaxedAgentRule,
} from './checks/packs/agent-checks-props';
export { AgentFindings, type FindingAcknowledgement } from './checks/packs/agent-findings';
export { AgentHumanInheritanceChecks } from './checks/packs/agent-human-inheritance-checks';
export { AgentRoleChecks } from './checks/packs/agent-role-checks';
export { AgentRuleFramework } from './checks/packs/agent-rule-framework';
export { AgentRuleGroup } from './checks/packs/agent-rule-group';
export { AgentAccessGrant, type AgentAccessGrantProps } from './grants/agent-access-grant';
export { AgentFunctionGrant, type AgentFunctionGrantProps } from './grants/agent-function-grant';
export { AgentGrant, type AgentGrantProps } from './grants/agent-grant';
export { AgentGuardrail, type AgentGuardrailOptions } from './grants/agent-guardrail';
export { AgentKeyGrant, type AgentKeyGrantProps, KeyUse } from './grants/agent-key-grant';
export { AgentKnowledgeBaseGrant, type AgentKnowledgeBaseGrantProps } from './grants/agent-knowledge-base-grant';
export { AgentModel } from './grants/agent-model';
export { AgentModelGrant, type AgentModelGrantProps } from './grants/agent-model-grant';
export { AgentStorageGrant, type AgentStorageGrantProps, StorageAccess } from './grants/agent-storage-grant';
export type { InferenceProfileOptions } from './grants/profile-routes';
export { AgentHost } from './roles/agent-host';
export type { AgentCoreGatewayHostProps } from './roles/hosts/agent-core-gateway';
export type { AgentCodeObject, AgentCoreRuntimeHostProps } from './roles/hosts/agent-core-runtime';
export type { BedrockAgentHostProps } from './roles/hosts/bedrock-agent';
export type { EcsTaskHostProps } from './roles/hosts/ecs-task';
export type { EksPodIdentityHostProps } from './roles/hosts/eks-pod-identity';
export type { LambdaFunctionHostProps } from './roles/hosts/lambda-function';
export { ScopedAgentRole } from './roles/scoped-agent-role';
export type { ScopedAgentRoleProps } from './roles/scoped-agent-role-props';
export type { AccessPolicies } from './testing/access-policies';
export type { AccessRequest } from './testing/access-request';
export { EffectiveAccess, type RoleAccessOptions } from './testing/effective-access';
export {
  AccessCertainty,
  type AccessChange,
  AccessRelation,
  AccessScope,
  type AccessWitness,
  PolicyComparison,
} from './testing/policy-comparison';
export { AccessDecision, type PolicyDecision } from './testing/policy-decision';
