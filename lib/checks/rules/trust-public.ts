import type { Rule } from '../rule';

/** Nobody-in-particular may become the agent */
export const TRUST_PUBLIC: Rule = {
  name: 'trust-public',
  group: 'ID',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'OWASP ASI03',
    'OWASP NHI4',
    'CSA MAESTRO L6',
    'NIST SP 800-53 AC-6',
    'NIST SP 800-207 tenet 3',
    'NIST CSF 2.0 PR.AA',
  ],
  *check() {},
};
