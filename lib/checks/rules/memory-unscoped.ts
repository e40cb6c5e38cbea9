import type { Rule } from '../rule';

/** Memory not partitioned */
export const MEMORY_UNSCOPED: Rule = {
  name: 'memory-unscoped',
  group: 'DATA',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'OWASP ASI06',
    'OWASP NHI8',
    'CSA MAESTRO L2',
    'AWS AGENTSEC01-BP01',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 ID',
  ],
  *check() {},
};
