import type { Rule } from '../rule';

/** Existing compute */
export const EXISTING_COMPUTE_HIJACK: Rule = {
  name: 'existing-compute-hijack',
  group: 'ESC',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI05', 'CSA MAESTRO L4', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
