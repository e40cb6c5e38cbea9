import type { Rule } from '../rule';

/** Allow by exclusion */
export const NOT_ACTION: Rule = {
  name: 'not-action',
  group: 'ACT',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP NHI5', 'NIST SP 800-53 AC-6', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
