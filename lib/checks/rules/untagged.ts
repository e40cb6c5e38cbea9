import type { Rule } from '../rule';

/** Owner and review date */
export const UNTAGGED: Rule = {
  name: 'untagged',
  group: 'AUD',
  severity: 'warning',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'OWASP NHI1',
    'NIST SP 800-53 AC-6(7)',
    'NIST AI RMF GOVERN',
    'AWS AGENTSEC03-BP04',
    'NIST CSF 2.0 DE.CM',
    'NIST CSF 2.0 GV',
  ],
  *check() {},
};
