import type { Rule } from '../rule';

/** Which agents may be called */
export const AGENT_INVOKE_BROAD: Rule = {
  name: 'agent-invoke-broad',
  group: 'DEL',
  severity: 'error',
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
