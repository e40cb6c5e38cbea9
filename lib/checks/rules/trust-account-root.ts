import type { Rule } from '../rule';

/** Account root in the agent's trust */
export const TRUST_ACCOUNT_ROOT: Rule = {
  name: 'trust-account-root',
  group: 'ID',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI03', 'OWASP NHI10', 'NIST SP 800-53 AC-6(5)', 'AWS AGENTSEC03-BP02', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
