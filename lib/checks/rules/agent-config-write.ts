import type { Rule } from '../rule';

/** Agent edits agents */
export const AGENT_CONFIG_WRITE: Rule = {
  name: 'agent-config-write',
  group: 'TAM',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'OWASP ASI01',
    'OWASP ASI10',
    'OWASP ASI04',
    'CSA MAESTRO L3',
    'NIST SP 800-53 AC-6(1)',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 DE.CM',
  ],
  *check() {},
};
