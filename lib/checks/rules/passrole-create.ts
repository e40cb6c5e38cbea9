import type { Rule } from '../rule';

/** PassRole + create */
export const PASSROLE_CREATE: Rule = {
  name: 'passrole-create',
  group: 'ESC',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI03', 'OWASP ASI05', 'CSA MAESTRO L4', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
