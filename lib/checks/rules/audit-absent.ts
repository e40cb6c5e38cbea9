import type { Rule } from '../rule';

/** No evidence */
export const AUDIT_ABSENT: Rule = {
  name: 'audit-absent',
  group: 'AUD',
  severity: 'info',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'NIST SP 800-53 AC-6(9)',
    'NIST AI RMF MEASURE',
    'AWS AGENTSEC05-BP01',
    'NIST CSF 2.0 DE.CM',
    'NIST CSF 2.0 GV',
  ],
  *check() {},
};
