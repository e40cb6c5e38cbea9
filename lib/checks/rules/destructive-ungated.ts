import type { Rule } from '../rule';

/** Irreversible or spending action without a human gate */
export const DESTRUCTIVE_UNGATED: Rule = {
  name: 'destructive-ungated',
  group: 'ACT',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'OWASP ASI02',
    'OWASP ASI09',
    'OWASP ASI10',
    'NIST SP 800-53 AC-6(5)',
    'AWS AGENTSEC04-BP02',
    'NIST AI RMF MANAGE',
    'NIST CSF 2.0 PR.AA',
  ],
  *check() {},
};
