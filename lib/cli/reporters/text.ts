import type { Finding } from '../../checks/finding';
import { type CheckReport, tally } from '../check-report';
import { coloured, counted, printable } from '../lines';

const COLOURS = { error: 'red', warning: 'yellow', info: 'green' } as const;

/** For people: what is wrong, where, an example, and what to do. */
export function textReport(report: CheckReport): string {
  const { findings, acknowledged, rules, roles, date, catalogue } = report;
  const count = tally(findings);
  const summary =
    `${counted(count.error, 'error')}, ${counted(count.warning, 'warning')}, ${counted(count.info, 'note')}${acknowledged.length === 0 ? '' : `, ${acknowledged.length} acknowledged`}: ` +
    `${counted(rules.length, 'rule')} looked at ${counted(roles, "agent's role", "agents' roles")} on ${date} (service reference ${catalogue})`;
  return [...findings.map((finding) => entry(finding, report)), summary].join('\n\n');
}

function entry(finding: Finding, { colour, files, lineOf }: CheckReport): string {
  const { severity, certainty, rule, stack, logicalId, constructPath, message, fix, example, id } = finding;
  const undecided = certainty === 'cannot-decide' ? ' (cannot decide)' : '';
  const head = `${severity}${undecided}  ${rule}  ${constructPath ?? logicalId}`;
  const file = files.get(stack);
  const rows: [string, string | undefined][] = [
    ['', message],
    ['example', example],
    ['fix', fix],
    ['at', file === undefined ? undefined : `${file}:${lineOf(finding)} (${logicalId})`],
    ['id', id],
  ];
  const lines = rows.flatMap(([name, text]) =>
    text === undefined ? [] : [`  ${name.padEnd(8)}${printable(text)}`.trimEnd()],
  );
  return [coloured(printable(head), COLOURS[severity], colour), ...lines].join('\n');
}
