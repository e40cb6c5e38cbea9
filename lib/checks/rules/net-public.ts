import type { Rule } from '../rule';

/** Public network */
export const NET_PUBLIC: Rule = {
  name: 'net-public',
  group: 'EGR',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI05', 'CSA MAESTRO L4', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 RS'],
  *check() {},
};
