/** Rules that nobody may acknowledge: each finds a way for an agent to take over, or to cover, anything. */
export const CRITICAL_RULES: readonly string[] = [
  'trust-public',
  'iam-write',
  'passrole-create',
  'self-approval',
  'audit-tamper',
  'own-tool-code-write',
];
