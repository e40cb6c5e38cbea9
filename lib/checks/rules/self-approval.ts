import type { Rule } from '../rule';

/** Agent approves itself */
export const SELF_APPROVAL: Rule = {
  name: 'self-approval',
  group: 'JIT',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'OWASP ASI09',
    'OWASP ASI10',
    'AWS AGENTSEC04-BP02',
    'AWS AGENTSEC07-BP03',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 RS',
  ],
  *check() {},
};
