import type { Rule } from '../rule';

/** Policy shared with people */
export const POLICY_SHARED_HUMAN: Rule = {
  name: 'policy-shared-human',
  group: 'HUM',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP NHI9', 'OWASP NHI10', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 GV'],
  *check() {},
};
