import type { Rule } from '../rule';

/** Tool without confirmation */
export const UNCONFIRMED_TOOL: Rule = {
  name: 'unconfirmed-tool',
  group: 'JIT',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI09', 'OWASP ASI02', 'AWS AGENTSEC04-BP02', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 RS'],
  *check() {},
};
