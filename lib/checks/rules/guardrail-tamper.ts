import type { Rule } from '../rule';

/** Guardrail tampering */
export const GUARDRAIL_TAMPER: Rule = {
  name: 'guardrail-tamper',
  group: 'MDL',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI10', 'CSA MAESTRO L6', 'NIST SP 800-53 AC-6(1)', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 ID'],
  *check() {},
};
