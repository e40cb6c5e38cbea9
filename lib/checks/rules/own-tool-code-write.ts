import type { Rule } from '../rule';

/** Agent edits its tool */
export const OWN_TOOL_CODE_WRITE: Rule = {
  name: 'own-tool-code-write',
  group: 'TAM',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI04', 'OWASP ASI05', 'CSA MAESTRO L3', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 DE.CM'],
  *check() {},
};
