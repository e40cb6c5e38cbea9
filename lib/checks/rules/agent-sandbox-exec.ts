import type { Rule } from '../rule';

/** Code in agent sandboxes */
export const AGENT_SANDBOX_EXEC: Rule = {
  name: 'agent-sandbox-exec',
  group: 'ESC',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI05', 'CSA MAESTRO L4', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
