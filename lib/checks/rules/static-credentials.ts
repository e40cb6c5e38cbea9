import type { Rule } from '../rule';

/** Static credentials */
export const STATIC_CREDENTIALS: Rule = {
  name: 'static-credentials',
  group: 'ID',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP NHI2', 'OWASP NHI7', 'OWASP ASI03', 'NIST SP 800-207 tenet 3', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
