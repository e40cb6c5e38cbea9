import type { Rule } from '../rule';

/** Secrets beyond the agent's own */
export const SECRETS_BROAD: Rule = {
  name: 'secrets-broad',
  group: 'DATA',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'OWASP NHI2',
    'OWASP NHI5',
    'OWASP ASI03',
    'NIST SP 800-53 AC-6',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 ID',
  ],
  *check() {},
};
