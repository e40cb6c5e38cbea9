import type { Rule } from '../rule';

/** Action that does not exist */
export const UNKNOWN_ACTION: Rule = {
  name: 'unknown-action',
  group: 'ACT',
  severity: 'warning',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP NHI5', 'NIST AI RMF MEASURE', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
