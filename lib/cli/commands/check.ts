import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AppModel } from '../../access/app/app-model';
import { CATALOGUE } from '../../checks/catalogue';
import { checkSettings } from '../../checks/check-settings';
import type { Finding } from '../../checks/finding';
import { runRules } from '../../checks/run-rules';
import { serviceReferenceVersion } from '../../policy/reference/service-reference';
import { isAcknowledged } from '../acknowledged-findings';
import { type CheckReport, inOrder, type Reporter } from '../check-report';
import { checkedTemplates, shownPath } from '../checked-templates';
import type { Command } from '../command';
import { InputError } from '../input-error';
import { jsonReport } from '../reporters/json';
import { junitReport } from '../reporters/junit';
import { markdownReport } from '../reporters/markdown';
import { sarifReport } from '../reporters/sarif';
import { textReport } from '../reporters/text';
import { ResourceLines } from '../resource-lines';
import type { Terminal } from '../terminal';
import { libraryVersion } from '../version';

/** How the program ends when there are findings at or above the level. */
const FOUND = 2;

const REPORTERS = { json: jsonReport, sarif: sarifReport, junit: junitReport, markdown: markdownReport } as const;
const FAIL_LEVELS = { error: ['error'], warning: ['error', 'warning'] } as const;

/** `least-agency check`: the rules of `AgentRoleChecks` on templates that are already there. */
export const check: Command = {
  usage:
    'check <template.json | cdk.out>... [--json | --sarif | --junit | --markdown] [--fail-level error|warning] [--date YYYY-MM-DD]',
  summary: "Reports broad, human-inherited, shared, escalating and self-approving access of agents' roles.",
  details: [
    '  <template.json>  a CloudFormation template, in YAML too; - is standard input. Several are checked as one app',
    '  <cdk.out>        the directory of a cloud assembly that cdk synth wrote: Stages and nested stacks too',
    '  --json ...       the format; text for people unless given',
    '  --fail-level     the lowest severity that makes the program end with 2; error unless given',
    '  --date           "today" for rules with a time in them',
    '',
    'Findings that AgentFindings.acknowledge acknowledges in a cloud assembly do not count, until their day is over.',
    'What cannot be decided from the templates is a finding of its own, marked "cannot decide".',
    '',
    'exit codes: 0 clean, 2 findings at or above the level, 1 the program failed, 3 the input is not valid',
  ],
  run,
};

function run(args: string[], terminal: Terminal): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      sarif: { type: 'boolean', default: false },
      junit: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      'fail-level': { type: 'string', default: 'error' },
      date: { type: 'string' },
    },
  });
  if (positionals.length === 0) {
    throw new InputError('check takes a template or the directory of a cloud assembly; see check --help');
  }
  const formats = (['json', 'sarif', 'junit', 'markdown'] as const).filter((name) => values[name]);
  if (formats.length > 1) {
    throw new InputError(`check writes one format, got --${formats.join(' and --')}`);
  }
  const failing = failLevel(values['fail-level']);
  const report = reportOn(positionals, dateOf(values.date), terminal);
  const [format] = formats;
  const write: Reporter = format === undefined ? textReport : REPORTERS[format];
  terminal.out(write(report));
  return report.findings.some(({ severity }) => failing.includes(severity)) ? FOUND : 0;
}

function reportOn(places: readonly string[], date: string, terminal: Terminal): CheckReport {
  const { templates, files, acknowledgements } = checkedTemplates(places, terminal);
  const app = new AppModel(templates, acknowledgements === undefined ? {} : { acknowledgements });
  const found = inOrder(runRules(CATALOGUE, app, checkSettings({ date })));
  const acknowledged = found.filter((finding) => isAcknowledged(finding, acknowledgements ?? [], date));
  const findings = found.filter((finding) => !acknowledged.includes(finding));
  const lines = new ResourceLines((stack) => sourceOf(files.get(stack)));
  return {
    findings,
    acknowledged,
    rules: CATALOGUE,
    roles: app.agentRoles.length,
    date,
    catalogue: serviceReferenceVersion().version,
    version: libraryVersion(),
    files: new Map([...files].flatMap(([name, file]) => (file === '-' ? [] : [[name, shownPath(file)] as const]))),
    lineOf: ({ stack, logicalId }: Finding) => lines.of(stack, logicalId),
    colour: terminal.colour,
  };
}

function sourceOf(file: string | undefined): string {
  return file === undefined || file === '-' ? '' : readFileSync(file, 'utf8');
}

function failLevel(wanted: string): readonly Finding['severity'][] {
  if (wanted !== 'error' && wanted !== 'warning') {
    throw new InputError(`no fail level ${wanted}; there is ${Object.keys(FAIL_LEVELS).join(', ')}`);
  }
  return FAIL_LEVELS[wanted];
}

/** Today in UTC, unless another day is given. */
function dateOf(wanted: string | undefined): string {
  if (wanted === undefined) {
    return new Date().toISOString().slice(0, 10);
  }
  const parsed = new Date(`${wanted}T00:00:00Z`);
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(wanted) ||
    Number.isNaN(parsed.getTime()) ||
    parsed.toISOString().slice(0, 10) !== wanted
  ) {
    throw new InputError(`--date takes a day such as 2026-11-20, got ${wanted}`);
  }
  return wanted;
}
