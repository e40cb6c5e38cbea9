import type { Rule } from '../rule';

/** IAM and identity-centre writes */
export const IAM_WRITE: Rule = {
  name: 'iam-write',
  group: 'ESC',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'OWASP ASI03',
    'OWASP NHI5',
    'NIST SP 800-53 AC-6(1)',
    'NIST SP 800-53 AC-6(10)',
    'AWS AGENTSEC03-BP03',
    'NIST CSF 2.0 PR.AA',
  ],
  *check() {},
};
