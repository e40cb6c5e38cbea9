import type { Rule } from '../rule';

/** Keys */
export const KMS_BROAD: Rule = {
  name: 'kms-broad',
  group: 'DATA',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['NIST SP 800-53 AC-6', 'CSA MAESTRO L2', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 ID'],
  *check() {},
};
