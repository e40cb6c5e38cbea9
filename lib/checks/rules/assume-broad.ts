import type { Rule } from '../rule';

/** Role assumption */
export const ASSUME_BROAD: Rule = {
  name: 'assume-broad',
  group: 'DEL',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'OWASP ASI03',
    'OWASP NHI5',
    'NIST SP 800-53 AC-6(9)',
    'NIST SP 800-207 tenet 3',
    'AWS AGENTSEC03-BP02',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 ID',
  ],
  *check() {},
};
