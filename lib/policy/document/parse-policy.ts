import { parseStatement } from './parse-statement';
import type { PolicyDocument, PolicyStatement, PolicyVersion } from './policy-document';
import { type PolicyFinding, PolicyReading } from './policy-finding';
import { element, isRawObject, kindOf, reportUnknownElements } from './raw-value';

const ELEMENTS = ['Version', 'Id', 'Statement'] as const;
const LONGEST_JSON = 2_000_000;

/** What reading a policy gave: a document when nothing is wrong with it, else what is wrong. */
export interface ParsedPolicy {
  readonly document?: PolicyDocument;
  readonly findings: readonly PolicyFinding[];
}

/**
 * Reads a policy in any form IAM's grammar allows, or as JSON text of it.
 *
 * Besides strings, atoms (`{ atom: id }`) and lists of literals and atoms (inside a list) stand for texts that
 * CloudFormation completes. Names of elements and values of Effect must be written exactly; names of actions and
 * condition keys may be in any case.
 *
 * Never throws. Whatever IAM would refuse is a finding, and a policy with findings has no document.
 */
export function parsePolicy(input: unknown): ParsedPolicy {
  const reading = new PolicyReading();
  try {
    const document = readDocument(input, reading);
    return reading.findings.length === 0 && document !== undefined
      ? { document, findings: [] }
      : { findings: reading.findings };
  } catch (error) {
    reading.report('', `The policy cannot be read: ${error instanceof Error ? error.message : 'unknown reason'}.`);
    return { findings: reading.findings };
  }
}

function readDocument(input: unknown, reading: PolicyReading): PolicyDocument | undefined {
  const policy = typeof input === 'string' ? readJson(input, reading) : input;
  if (reading.findings.length > 0) {
    return undefined;
  }
  if (!isRawObject(policy)) {
    reading.report('', `A policy must be an object or its JSON text, got ${kindOf(policy)}.`);
    return undefined;
  }
  reportUnknownElements(policy, ELEMENTS, '', reading);
  const id = element(policy, 'Id');
  if (id !== undefined && typeof id !== 'string') {
    reading.report('Id', `must be a string, got ${kindOf(id)}.`);
  }
  return {
    version: readVersion(element(policy, 'Version'), reading),
    ...(typeof id === 'string' ? { id } : {}),
    statements: readStatements(element(policy, 'Statement'), reading),
  };
}

function readJson(json: string, reading: PolicyReading): unknown {
  if (json.length > LONGEST_JSON) {
    reading.report('', `The policy has more than ${LONGEST_JSON} characters and is not read.`);
    return undefined;
  }
  try {
    return JSON.parse(json);
  } catch {
    reading.report('', 'The policy is no valid JSON.');
    return undefined;
  }
}

function readVersion(version: unknown, reading: PolicyReading): PolicyVersion {
  if (version === undefined || version === '2008-10-17') {
    return '2008-10-17';
  }
  if (version !== '2012-10-17') {
    reading.report('Version', `must be '2012-10-17' or '2008-10-17', got ${kindOf(version)}.`);
  }
  return '2012-10-17';
}

function readStatements(value: unknown, reading: PolicyReading): PolicyStatement[] {
  if (value === undefined) {
    reading.report('', 'The policy has no Statement.');
    return [];
  }
  if (!Array.isArray(value)) {
    return [parseStatement(value, 'Statement', reading)];
  }
  if (!reading.admits('Statement', value.length)) {
    return [];
  }
  return value.map((statement, index) => parseStatement(statement, `Statement[${index}]`, reading));
}
