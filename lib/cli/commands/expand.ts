import { parseArgs } from 'node:util';
import { shown } from '../../policy/document/raw-value';
import type { AccessTally } from '../../policy/measure/access-tally';
import {
  type ActionExpansion,
  type ExpandedAction,
  expandAction,
  isActionPattern,
} from '../../policy/measure/expand-action';
import { serviceReferenceVersion } from '../../policy/reference/service-reference';
import type { Command } from '../command';
import { InputError } from '../input-error';
import { coloured, columns, counted } from '../lines';
import type { Terminal } from '../terminal';

/** More unmarked actions than this are counted and not listed, unless asked for. */
const MOST_LISTED = 100;
const LONGEST_PATTERN = 512;

/** `least-agency expand`: what a pattern of Action stands for. */
export const expand: Command = {
  usage: 'expand <pattern> [--all] [--json]',
  summary: 'Says which actions a pattern such as s3:Get* stands for, and what each of them gives.',
  details: [
    '  <pattern>   as in Action: an action, or part of one with * and ?; quote it, so that the shell leaves it alone',
    '  --all       lists every action, however many there are',
    '  --json      for machines; lists every action',
    '',
    'Marked with ! is what an access level does not say: escalation, credentials, delegation, outward, irreversible, and',
    'what acts though its level is List or Read.',
  ],
  run,
};

function run(args: string[], terminal: Terminal): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { all: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  const [pattern, ...rest] = positionals;
  if (pattern === undefined || rest.length > 0) {
    const hint = rest.length > 0 ? ' (did the shell replace a *? quote the pattern)' : '';
    throw new InputError(`expand takes one pattern, got ${positionals.length}${hint}; see expand --help`);
  }
  if (pattern.length > LONGEST_PATTERN || !isActionPattern(pattern)) {
    throw new InputError(`'${shown(pattern)}' is no pattern of Action; it looks like s3:GetObject, s3:Get* or *`);
  }
  const expansion = expandAction(pattern);
  terminal.out(
    values.json ? JSON.stringify({ version: 1, ...expansion }, undefined, 2) : textOf(expansion, values.all, terminal),
  );
  return 0;
}

function textOf(expansion: ActionExpansion, all: boolean, { colour }: Terminal): string {
  const { pattern, actions, tally, suggestion } = expansion;
  const date = serviceReferenceVersion().date.slice(0, 10);
  const services = new Set(actions.map(({ name }) => name.split(':')[0])).size;
  const head = `${pattern} stands for ${counted(actions.length, 'action')} of ${counted(services, 'service')} (service reference of ${date})`;
  if (actions.length === 0) {
    return suggestion === undefined ? head : `${head}; did you mean ${suggestion}?`;
  }
  const unmarked = actions.filter(({ marks }) => marks.length === 0).length;
  const listed = all || unmarked <= MOST_LISTED ? actions : actions.filter(({ marks }) => marks.length > 0);
  const lines = columns(listed.map(row), '  ').map((line, index) =>
    coloured(line, 'yellow', colour && (listed[index]?.marks.length ?? 0) > 0),
  );
  const left = actions.length - listed.length;
  const more = left === 0 ? [] : [`    and ${counted(left, 'action')} without a mark; --all lists them`];
  return [head, '', ...tallyLines(tally), '', ...lines, ...more].join('\n');
}

function row({ name, level, marks, scoping }: ExpandedAction): string[] {
  const said = marks.map(({ mark, reason, together }) => `${mark}${together ? ` with ${together}` : ''}: ${reason}`);
  const scope = scoping.kind === 'scoped' ? '' : `${scoping.kind}: ${scoping.reason}`;
  return [marks.length > 0 ? '!' : ' ', level, name, [...said, ...(scope === '' ? [] : [scope])].join('; ')];
}

/** The counts that are not zero, the overlay first. */
function tallyLines({ marks, levels }: AccessTally): string[] {
  const marked = Object.entries(marks).filter(([, count]) => count > 0);
  const levelled = Object.entries(levels).filter(([, count]) => count > 0);
  return columns(
    [
      ...marked.map(([name, count]) => ['!', `${count}`, name]),
      ...levelled.map(([name, count]) => [' ', `${count}`, name]),
    ],
    '  ',
  );
}
