import type { Rule } from '../rule';

/** Open resource policy around the agent */
export const RESOURCE_POLICY_OPEN: Rule = {
  name: 'resource-policy-open',
  group: 'DATA',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI07', 'OWASP NHI6', 'CSA MAESTRO L4', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 ID'],
  *check() {},
};
