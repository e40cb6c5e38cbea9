import type { Rule } from '../rule';

/** Declared tier exceeded */
export const TIER_VIOLATION: Rule = {
  name: 'tier-violation',
  group: 'ACT',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI02', 'OWASP NHI5', 'NIST SP 800-53 AC-6(2)', 'NIST SP 800-207 tenet 4', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
