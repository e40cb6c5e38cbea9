import type { Rule } from '../rule';

/** PassRole */
export const PASSROLE_BROAD: Rule = {
  name: 'passrole-broad',
  group: 'ESC',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI03', 'NIST SP 800-53 AC-6', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
