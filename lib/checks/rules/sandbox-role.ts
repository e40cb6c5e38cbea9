import type { Rule } from '../rule';

/** Credentials inside the sandbox */
export const SANDBOX_ROLE: Rule = {
  name: 'sandbox-role',
  group: 'EGR',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI05', 'CSA MAESTRO L4', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 RS'],
  *check() {},
};
