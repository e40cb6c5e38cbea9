import type { Finding } from '../../checks/finding';
import { type CheckReport, RULE_PAGES, tally } from '../check-report';
import { counted } from '../lines';

/** For pull requests and step summaries: one table, the gravest findings first. */
export function markdownReport({ findings, rules, roles, date, catalogue }: CheckReport): string {
  const count = tally(findings);
  return [
    `## Agent roles: ${counted(count.error, 'error')}, ${counted(count.warning, 'warning')}, ${counted(count.info, 'note')}`,
    '',
    ...(findings.length === 0 ? [] : [HEAD, ...findings.map(row), '']),
    `${counted(rules.length, 'rule')}, ${counted(roles, "agent's role", "agents' roles")}, ${date}, service reference ${catalogue}.`,
  ].join('\n');
}

const HEAD = ['| severity | rule | where | what | fix | id |', '| --- | --- | --- | --- | --- | --- |'].join('\n');

function row({
  severity,
  certainty,
  rule,
  stack,
  logicalId,
  constructPath,
  message,
  example,
  fix,
  id,
}: Finding): string {
  const cells = [
    certainty === 'certain' ? severity : `${severity} (cannot decide)`,
    `[${rule}](${RULE_PAGES}/${rule}.md)`,
    code(constructPath ?? `${stack}: ${logicalId}`),
    example === undefined ? escaped(message) : `${escaped(message)} Example: ${code(example)}`,
    escaped(fix),
    code(id),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Text inside a table cell that Markdown must not read as anything else. */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>|#]/g, '\\$&');
}

function code(text: string): string {
  return `\`${text.replace(/\s+/g, ' ').replace(/`/g, "'").replace(/\|/g, '\\|')}\``;
}
