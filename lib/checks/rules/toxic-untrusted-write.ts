import type { Rule } from '../rule';

/** Untrusted input + power */
export const TOXIC_UNTRUSTED_WRITE: Rule = {
  name: 'toxic-untrusted-write',
  group: 'EGR',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'OWASP ASI01',
    'OWASP ASI02',
    'CSA MAESTRO L3',
    'AWS AGENTSEC08-BP01',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 RS',
  ],
  *check() {},
};
