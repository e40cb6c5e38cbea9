import type { Rule } from '../rule';

/** Resource-policy writes */
export const RESOURCE_POLICY_WRITE: Rule = {
  name: 'resource-policy-write',
  group: 'ESC',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI03', 'OWASP NHI6', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
