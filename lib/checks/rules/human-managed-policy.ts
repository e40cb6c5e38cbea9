import type { Rule } from '../rule';

/** Policies written for people */
export const HUMAN_MANAGED_POLICY: Rule = {
  name: 'human-managed-policy',
  group: 'HUM',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP NHI5', 'OWASP NHI10', 'NIST SP 800-53 AC-6(5)', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 GV'],
  *check() {},
};
