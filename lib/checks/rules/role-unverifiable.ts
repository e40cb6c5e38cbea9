import type { Rule } from '../rule';

/** Role that cannot be checked */
export const ROLE_UNVERIFIABLE: Rule = {
  name: 'role-unverifiable',
  group: 'ID',
  severity: 'warning',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP NHI9', 'OWASP NHI10', 'NIST AI RMF GOVERN', 'AWS AGENTOPS03-BP04', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
