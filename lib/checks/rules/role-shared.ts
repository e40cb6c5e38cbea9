import type { Rule } from '../rule';

/** One role, one agent */
export const ROLE_SHARED: Rule = {
  name: 'role-shared',
  group: 'ID',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'OWASP NHI9',
    'OWASP ASI03',
    'OWASP ASI10',
    'CSA MAESTRO L7',
    'NIST SP 800-53 AC-6(4)',
    'AWS AGENTSEC03-BP01',
    'NIST CSF 2.0 PR.AA',
  ],
  *check() {},
};
