import type { Rule } from '../rule';

/** Wildcard in account or Region, or bleeding */
export const ARN_SCOPE_WILDCARD: Rule = {
  name: 'arn-scope-wildcard',
  group: 'RES',
  severity: 'warning',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP NHI8', 'NIST SP 800-53 AC-6', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
