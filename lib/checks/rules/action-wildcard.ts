import type { Rule } from '../rule';

/** Wildcard in an allowed action */
export const ACTION_WILDCARD: Rule = {
  name: 'action-wildcard',
  group: 'ACT',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI02', 'OWASP NHI5', 'NIST SP 800-53 AC-6', 'AWS AGENTSEC03-BP03', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
