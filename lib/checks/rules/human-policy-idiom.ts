import type { Rule } from '../rule';

/** Human idioms in an agent policy */
export const HUMAN_POLICY_IDIOM: Rule = {
  name: 'human-policy-idiom',
  group: 'HUM',
  severity: 'warning',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP NHI10', 'OWASP NHI5', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 GV'],
  *check() {},
};
