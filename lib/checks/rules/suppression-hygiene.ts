import type { Rule } from '../rule';

/** Suppression hygiene */
export const SUPPRESSION_HYGIENE: Rule = {
  name: 'suppression-hygiene',
  group: 'AUD',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['NIST AI RMF GOVERN', 'NIST SP 800-53 AC-6(7)', 'NIST CSF 2.0 DE.CM', 'NIST CSF 2.0 GV'],
  *check() {},
};
