import type { Rule } from '../rule';

/** Foreign services in the trust */
export const TRUST_FOREIGN_SERVICE: Rule = {
  name: 'trust-foreign-service',
  group: 'ID',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP NHI8', 'OWASP NHI9', 'CSA MAESTRO L4', 'NIST SP 800-53 AC-6(4)', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
