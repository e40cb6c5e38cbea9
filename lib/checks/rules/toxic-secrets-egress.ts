import type { Rule } from '../rule';

/** Sensitive read + way out */
export const TOXIC_SECRETS_EGRESS: Rule = {
  name: 'toxic-secrets-egress',
  group: 'EGR',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI02', 'OWASP ASI01', 'NIST SP 800-53 AC-6(4)', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 RS'],
  *check() {},
};
