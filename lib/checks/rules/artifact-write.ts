import type { Rule } from '../rule';

/** Agent edits its artefacts */
export const ARTIFACT_WRITE: Rule = {
  name: 'artifact-write',
  group: 'TAM',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP ASI04', 'CSA MAESTRO L3', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 DE.CM'],
  *check() {},
};
