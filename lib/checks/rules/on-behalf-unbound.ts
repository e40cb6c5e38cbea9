import type { Rule } from '../rule';

/** Acting for any user */
export const ON_BEHALF_UNBOUND: Rule = {
  name: 'on-behalf-unbound',
  group: 'DEL',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'OWASP ASI03',
    'OWASP NHI10',
    'CSA MAESTRO L7',
    'AWS AGENTSEC03-BP02',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 ID',
  ],
  *check() {},
};
