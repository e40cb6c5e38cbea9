import type { Rule } from '../rule';

/** Exfiltration primitives and no data perimeter */
export const EXFIL_PRIMITIVE: Rule = {
  name: 'exfil-primitive',
  group: 'EGR',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI02', 'OWASP NHI6', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 RS'],
  *check() {},
};
