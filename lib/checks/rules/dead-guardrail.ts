import type { Rule } from '../rule';

/** Guardrail that protects nothing */
export const DEAD_GUARDRAIL: Rule = {
  name: 'dead-guardrail',
  group: 'RES',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI03', 'OWASP ASI10', 'NIST AI RMF MEASURE', 'NIST SP 800-53 AC-6(9)', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
