import type { Rule } from '../rule';

/** Guardrail not enforced or walked around */
export const GUARDRAIL_BYPASS: Rule = {
  name: 'guardrail-bypass',
  group: 'MDL',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'OWASP ASI01',
    'CSA MAESTRO L1',
    'CSA MAESTRO L6',
    'AWS AGENTSEC04-BP01',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 ID',
  ],
  *check() {},
};
