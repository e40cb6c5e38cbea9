import type { Rule } from '../rule';

/** Action that does not exist */
export const DEAD_GRANT: Rule = {
  name: 'dead-grant',
  group: 'ACT',
  severity: 'warning',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP NHI5', 'NIST AI RMF MEASURE', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
