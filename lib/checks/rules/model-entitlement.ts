import type { Rule } from '../rule';

/** Model entitlements and purchases */
export const MODEL_ENTITLEMENT: Rule = {
  name: 'model-entitlement',
  group: 'MDL',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI04', 'CSA MAESTRO L1', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 ID'],
  *check() {},
};
