import type { Rule } from '../rule';

/** Bedrock API keys */
export const BEDROCK_API_KEY: Rule = {
  name: 'bedrock-api-key',
  group: 'MDL',
  severity: 'error',
  title: '',
  why: '',
  fix: '',
  frameworks: ['OWASP NHI7', 'CSA MAESTRO L6', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 ID'],
  *check() {},
};
