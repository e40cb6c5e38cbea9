import type { Rule } from '../rule';

/** Tool policy off */
export const TOOL_POLICY_OFF: Rule = {
  name: 'tool-policy-off',
  group: 'TAM',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI02', 'CSA MAESTRO L7', 'AWS AGENTSEC02-BP01', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 DE.CM'],
  *check() {},
};
