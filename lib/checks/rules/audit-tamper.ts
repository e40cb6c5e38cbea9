import type { Rule } from '../rule';

/** Audit tampering */
export const AUDIT_TAMPER: Rule = {
  name: 'audit-tamper',
  group: 'AUD',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['NIST SP 800-53 AC-6(9)', 'OWASP ASI10', 'CSA MAESTRO L5', 'NIST CSF 2.0 DE.CM', 'NIST CSF 2.0 GV'],
  *check() {},
};
