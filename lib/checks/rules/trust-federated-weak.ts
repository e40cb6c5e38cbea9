import type { Rule } from '../rule';

/** Weak federation */
export const TRUST_FEDERATED_WEAK: Rule = {
  name: 'trust-federated-weak',
  group: 'ID',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI03', 'OWASP NHI4', 'NIST SP 800-207 tenet 6', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
