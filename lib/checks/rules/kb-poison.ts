import type { Rule } from '../rule';

/** Agent can poison what it retrieves */
export const KB_POISON: Rule = {
  name: 'kb-poison',
  group: 'DATA',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'OWASP ASI06',
    'OWASP ASI01',
    'CSA MAESTRO L2',
    'AWS AGENTSEC01-BP02',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 ID',
  ],
  *check() {},
};
