import type { Rule } from '../rule';

/** Elevation without box */
export const ELEVATION_UNBOUNDED: Rule = {
  name: 'elevation-unbounded',
  group: 'JIT',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'OWASP NHI7',
    'OWASP ASI03',
    'NIST SP 800-53 AC-6(5)',
    'NIST SP 800-207 tenet 3',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 RS',
  ],
  *check() {},
};
