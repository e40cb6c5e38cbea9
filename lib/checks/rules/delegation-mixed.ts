import type { Rule } from '../rule';

/** Delegation graph and separation */
export const DELEGATION_MIXED: Rule = {
  name: 'delegation-mixed',
  group: 'DEL',
  severity: 'warning',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'OWASP ASI07',
    'OWASP ASI08',
    'CSA MAESTRO L7',
    'AWS AGENTSEC06-BP03',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 ID',
  ],
  *check() {},
};
