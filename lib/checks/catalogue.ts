import type { Rule } from './rule';
import { ACTION_WILDCARD } from './rules/action-wildcard';
import { AGENT_CONFIG_WRITE } from './rules/agent-config-write';
import { AGENT_INVOKE_BROAD } from './rules/agent-invoke-broad';
import { AGENT_SANDBOX_EXEC } from './rules/agent-sandbox-exec';
import { ARN_SCOPE_WILDCARD } from './rules/arn-scope-wildcard';
import { ARTIFACT_WRITE } from './rules/artifact-write';
import { ASSUME_BROAD } from './rules/assume-broad';
import { ATTRIBUTION_MISSING } from './rules/attribution-missing';
import { AUDIT_ABSENT } from './rules/audit-absent';
import { AUDIT_TAMPER } from './rules/audit-tamper';
import { BEDROCK_API_KEY } from './rules/bedrock-api-key';
import { BOUNDARY_MISSING } from './rules/boundary-missing';
import { CONDITION_NONNARROWING } from './rules/condition-nonnarrowing';
import { CONFUSED_DEPUTY } from './rules/confused-deputy';
import { DEAD_GRANT } from './rules/dead-grant';
import { DEAD_GUARDRAIL } from './rules/dead-guardrail';
import { DELEGATION_CYCLE } from './rules/delegation-cycle';
import { DELEGATION_MIXED } from './rules/delegation-mixed';
import { DESTRUCTIVE_UNGATED } from './rules/destructive-ungated';
import { ELEVATION_UNBOUNDED } from './rules/elevation-unbounded';
import { EXFIL_PRIMITIVE } from './rules/exfil-primitive';
import { EXISTING_COMPUTE_HIJACK } from './rules/existing-compute-hijack';
import { GUARDRAIL_BYPASS } from './rules/guardrail-bypass';
import { GUARDRAIL_TAMPER } from './rules/guardrail-tamper';
import { GUARDRAIL_UNENFORCED } from './rules/guardrail-unenforced';
import { HUMAN_MANAGED_POLICY } from './rules/human-managed-policy';
import { HUMAN_POLICY_IDIOM } from './rules/human-policy-idiom';
import { IAM_WRITE } from './rules/iam-write';
import { KB_POISON } from './rules/kb-poison';
import { KMS_BROAD } from './rules/kms-broad';
import { MEMORY_UNSCOPED } from './rules/memory-unscoped';
import { MODEL_ENTITLEMENT } from './rules/model-entitlement';
import { MODEL_WILDCARD } from './rules/model-wildcard';
import { NET_PUBLIC } from './rules/net-public';
import { NOT_ACTION } from './rules/not-action';
import { NOT_RESOURCE } from './rules/not-resource';
import { ON_BEHALF_UNBOUND } from './rules/on-behalf-unbound';
import { OWN_TOOL_CODE_WRITE } from './rules/own-tool-code-write';
import { PASSROLE_BROAD } from './rules/passrole-broad';
import { PASSROLE_CREATE } from './rules/passrole-create';
import { POLICY_SHARED_HUMAN } from './rules/policy-shared-human';
import { POLICY_VERSION_OLD } from './rules/policy-version-old';
import { PRIVILEGE_INVERSION } from './rules/privilege-inversion';
import { RECERT_MISSING } from './rules/recert-missing';
import { RESOURCE_POLICY_OPEN } from './rules/resource-policy-open';
import { RESOURCE_POLICY_WRITE } from './rules/resource-policy-write';
import { RESOURCE_TYPE_WILDCARD } from './rules/resource-type-wildcard';
import { RESOURCE_WILDCARD } from './rules/resource-wildcard';
import { ROLE_SHARED } from './rules/role-shared';
import { ROLE_UNVERIFIABLE } from './rules/role-unverifiable';
import { SANDBOX_ROLE } from './rules/sandbox-role';
import { SECRETS_BROAD } from './rules/secrets-broad';
import { SELF_APPROVAL } from './rules/self-approval';
import { SESSION_TOO_LONG } from './rules/session-too-long';
import { STATIC_CREDENTIALS } from './rules/static-credentials';
import { SUPPRESSION_HYGIENE } from './rules/suppression-hygiene';
import { TIER_VIOLATION } from './rules/tier-violation';
import { TOOL_POLICY_OFF } from './rules/tool-policy-off';
import { TOXIC_SECRETS_EGRESS } from './rules/toxic-secrets-egress';
import { TOXIC_UNTRUSTED_WRITE } from './rules/toxic-untrusted-write';
import { TRUST_ACCOUNT_ROOT } from './rules/trust-account-root';
import { TRUST_FEDERATED_WEAK } from './rules/trust-federated-weak';
import { TRUST_FOREIGN_SERVICE } from './rules/trust-foreign-service';
import { TRUST_HUMAN } from './rules/trust-human';
import { TRUST_PUBLIC } from './rules/trust-public';
import { UNCONFIRMED_TOOL } from './rules/unconfirmed-tool';
import { UNKNOWN_ACTION } from './rules/unknown-action';
import { UNTAGGED } from './rules/untagged';

/** Every rule, group by group. */
export const CATALOGUE: readonly Rule[] = [
  TRUST_PUBLIC,
  TRUST_ACCOUNT_ROOT,
  CONFUSED_DEPUTY,
  TRUST_FOREIGN_SERVICE,
  TRUST_FEDERATED_WEAK,
  ROLE_SHARED,
  BOUNDARY_MISSING,
  STATIC_CREDENTIALS,
  ROLE_UNVERIFIABLE,
  ACTION_WILDCARD,
  NOT_ACTION,
  NOT_RESOURCE,
  UNKNOWN_ACTION,
  DEAD_GRANT,
  DESTRUCTIVE_UNGATED,
  TIER_VIOLATION,
  RESOURCE_WILDCARD,
  RESOURCE_TYPE_WILDCARD,
  ARN_SCOPE_WILDCARD,
  CONDITION_NONNARROWING,
  DEAD_GUARDRAIL,
  POLICY_VERSION_OLD,
  SECRETS_BROAD,
  KMS_BROAD,
  MEMORY_UNSCOPED,
  KB_POISON,
  RESOURCE_POLICY_OPEN,
  MODEL_WILDCARD,
  GUARDRAIL_UNENFORCED,
  GUARDRAIL_BYPASS,
  MODEL_ENTITLEMENT,
  GUARDRAIL_TAMPER,
  BEDROCK_API_KEY,
  ASSUME_BROAD,
  ATTRIBUTION_MISSING,
  AGENT_INVOKE_BROAD,
  ON_BEHALF_UNBOUND,
  DELEGATION_CYCLE,
  PRIVILEGE_INVERSION,
  DELEGATION_MIXED,
  IAM_WRITE,
  PASSROLE_BROAD,
  PASSROLE_CREATE,
  EXISTING_COMPUTE_HIJACK,
  AGENT_SANDBOX_EXEC,
  RESOURCE_POLICY_WRITE,
  TRUST_HUMAN,
  HUMAN_MANAGED_POLICY,
  POLICY_SHARED_HUMAN,
  HUMAN_POLICY_IDIOM,
  SESSION_TOO_LONG,
  ELEVATION_UNBOUNDED,
  SELF_APPROVAL,
  UNCONFIRMED_TOOL,
  AUDIT_TAMPER,
  AUDIT_ABSENT,
  SUPPRESSION_HYGIENE,
  RECERT_MISSING,
  UNTAGGED,
  AGENT_CONFIG_WRITE,
  OWN_TOOL_CODE_WRITE,
  ARTIFACT_WRITE,
  TOOL_POLICY_OFF,
  NET_PUBLIC,
  TOXIC_SECRETS_EGRESS,
  TOXIC_UNTRUSTED_WRITE,
  EXFIL_PRIMITIVE,
  SANDBOX_ROLE,
];
