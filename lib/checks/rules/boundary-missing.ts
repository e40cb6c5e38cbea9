import type { Rule } from '../rule';

/** Boundary absent or empty */
export const BOUNDARY_MISSING: Rule = {
  name: 'boundary-missing',
  group: 'ID',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'OWASP NHI5',
    'NIST SP 800-53 AC-6(1)',
    'AWS AGENTSEC03-BP03',
    'AWS GENSEC05-BP01',
    'NIST CSF 2.0 PR.AA',
  ],
  *check() {},
};
