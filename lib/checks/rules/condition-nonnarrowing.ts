import type { Rule } from '../rule';

/** Condition that does not narrow */
export const CONDITION_NONNARROWING: Rule = {
  name: 'condition-nonnarrowing',
  group: 'RES',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP NHI5', 'NIST SP 800-207 tenet 4', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
