import type { Rule } from '../rule';

/** Humans can become the agent */
export const TRUST_HUMAN: Rule = {
  name: 'trust-human',
  group: 'HUM',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: [
    'OWASP NHI10',
    'OWASP ASI03',
    'AWS AGENTSEC03-BP02',
    'NIST AI RMF GOVERN',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 GV',
  ],
  *check() {},
};
