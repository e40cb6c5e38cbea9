import type { Rule } from '../rule';

/** Model allow-list */
export const MODEL_WILDCARD: Rule = {
  name: 'model-wildcard',
  group: 'MDL',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI02', 'OWASP ASI08', 'CSA MAESTRO L1', 'AWS GENSEC', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 ID'],
  *check() {},
};
