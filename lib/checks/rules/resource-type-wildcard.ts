import type { Rule } from '../rule';

/** A whole resource type */
export const RESOURCE_TYPE_WILDCARD: Rule = {
  name: 'resource-type-wildcard',
  group: 'RES',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP NHI5', 'NIST SP 800-53 AC-6', 'NIST CSF 2.0 PR.AA'],
  *check() {},
};
