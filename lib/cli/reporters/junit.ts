import type { Finding } from '../../checks/finding';
import type { Rule } from '../../checks/rule';
import type { CheckReport } from '../check-report';

/** For CI servers: one test case a rule that found nothing, and one a finding. Notes count as passed, and are shown. */
export function junitReport({ findings, rules, version }: CheckReport): string {
  const suites = rules.map((rule) =>
    suite(
      rule,
      findings.filter((finding) => finding.rule === rule.name),
    ),
  );
  const failures = findings.filter(fails).length;
  const tests = suites.reduce((sum, { tests: count }) => sum + count, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="least-agency ${attribute(version)}" tests="${tests}" failures="${failures}" errors="0">`,
    ...suites.map(({ xml }) => xml),
    '</testsuites>',
  ].join('\n');
}

function suite(rule: Rule, findings: readonly Finding[]): { readonly tests: number; readonly xml: string } {
  const cases =
    findings.length === 0 ? [`    <testcase classname="${rule.name}" name="${rule.name}"/>`] : findings.map(testCase);
  const failures = findings.filter(fails).length;
  const head = `  <testsuite name="${rule.name}" tests="${cases.length}" failures="${failures}" errors="0" skipped="0">`;
  return { tests: cases.length, xml: [head, ...cases, '  </testsuite>'].join('\n') };
}

function testCase(finding: Finding): string {
  const { rule, constructPath, stack, logicalId, id, severity, certainty, message, why, fix, example } = finding;
  const name = attribute(`${constructPath ?? `${stack}: ${logicalId}`} (${id})`);
  const told = [message, why, ...(example === undefined ? [] : [`Example: ${example}`]), `Fix: ${fix}`].join('\n');
  const body = fails(finding)
    ? `<failure type="${severity}${certainty === 'certain' ? '' : ' (cannot decide)'}" message="${attribute(message)}">${element(told)}</failure>`
    : `<system-out>${element(told)}</system-out>`;
  return `    <testcase classname="${rule}" name="${name}">${body}</testcase>`;
}

function fails({ severity }: Finding): boolean {
  return severity !== 'info';
}

function element(text: string): string {
  const legal = Array.from(text, (letter) => (isLegal(letter.codePointAt(0) ?? 0) ? letter : '\ufffd')).join('');
  return legal.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Whether XML 1.0 can hold a character. */
function isLegal(code: number): boolean {
  const isControl = code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d;
  return !isControl && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}

function attribute(text: string): string {
  return element(text)
    .replaceAll('"', '&quot;')
    .replace(/[\r\n\t]+/g, ' ');
}
