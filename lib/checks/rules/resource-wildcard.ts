import type { Rule } from '../rule';

/** Everything */
export const RESOURCE_WILDCARD: Rule = {
  name: 'resource-wildcard',
  group: 'RES',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI02', 'OWASP NHI5', 'NIST SP 800-53 AC-6', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
