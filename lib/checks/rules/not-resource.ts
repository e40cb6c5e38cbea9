import type { Rule } from '../rule';

/** Allow by exclusion */
export const NOT_RESOURCE: Rule = {
  name: 'not-resource',
  group: 'ACT',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP NHI5', 'NIST SP 800-53 AC-6', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
