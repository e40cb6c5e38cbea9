import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding } from '../../checks/finding';
import { ruleId } from '../../checks/finding-id';
import type { Rule, Severity } from '../../checks/rule';
import { type CheckReport, RULE_PAGES } from '../check-report';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
/** GitHub's scale for sorting: 7 and more is high. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = { error: '8.0', warning: '5.0', info: '2.0' };
/** GitHub shows no more tags of a rule. */
const MOST_TAGS = 10;

/**
 * SARIF 2.1.0, for code scanning.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(report: CheckReport): string {
  const { findings, acknowledged, rules, version, catalogue, date } = report;
  const run = {
    tool: {
      driver: {
        name: 'least-agency',
        version,
        semanticVersion: version,
        informationUri: 'https://github.com/cdk-least-agency/cdk-least-agency',
        properties: { catalogue },
        rules: rules.map(descriptor),
      },
    },
    automationDetails: { id: 'least-agency/check/' },
    columnKind: 'utf16CodeUnits',
    invocations: [{ executionSuccessful: true }],
    properties: { date },
    results: [
      ...findings.map((finding) => result(finding, report)),
      ...acknowledged.map((finding) => ({ ...result(finding, report), suppressions: [{ kind: 'inSource' }] })),
    ],
  };
  return JSON.stringify(
    { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] },
    undefined,
    2,
  );
}

function descriptor({ name, title, why, fix, severity, frameworks }: Rule): unknown {
  const helpUri = `${RULE_PAGES}/${name}.md`;
  return {
    id: ruleId(name),
    name,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${why} ${fix}`, markdown: `${why}\n\n${fix}\n\n[${name}](${helpUri})` },
    helpUri,
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: ['security', 'iam', ...frameworks].slice(0, MOST_TAGS),
      frameworks,
      precision: 'high',
      'security-severity': SECURITY_SEVERITY[severity],
    },
  };
}

function result(finding: Finding, { rules, files, lineOf }: CheckReport): Readonly<Record<string, unknown>> {
  const { rule, id, severity, certainty, stack, logicalId, constructPath, message, fix, example } = finding;
  const uri = files.get(stack);
  const physical =
    uri === undefined
      ? {}
      : { physicalLocation: { artifactLocation: { uri: uriOf(uri) }, region: { startLine: lineOf(finding) } } };
  return {
    ruleId: ruleId(rule),
    ruleIndex: rules.findIndex(({ name }) => name === rule),
    level: LEVELS[severity],
    message: { text: [message, ...(example === undefined ? [] : [`Example: ${example}.`]), `Fix: ${fix}`].join(' ') },
    locations: [
      {
        ...physical,
        logicalLocations: [
          { name: logicalId, fullyQualifiedName: constructPath ?? `${stack}/${logicalId}`, kind: 'resource' },
        ],
      },
    ],
    // Line numbers and messages may change; the finding stays the same as long as the statement does.
    partialFingerprints: { 'leastAgencyFinding/v1': `${stack}/${logicalId}/${id}` },
    properties: { id, certainty },
  };
}

/** A path inside the current directory stays relative, as code scanning wants it. */
function uriOf(path: string): string {
  return isAbsolute(path) ? pathToFileURL(path).href : path.split('/').map(encodeURIComponent).join('/');
}
