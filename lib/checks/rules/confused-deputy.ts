import type { Rule } from '../rule';

/** Confused deputy */
export const CONFUSED_DEPUTY: Rule = {
  name: 'confused-deputy',
  group: 'ID',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'OWASP ASI03',
    'OWASP ASI07',
    'OWASP NHI4',
    'CSA MAESTRO L4',
    'NIST SP 800-207 tenet 4',
    'NIST CSF 2.0 PR.AA',
  ],
  *check() {},
};
