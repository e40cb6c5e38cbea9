import { parseArgs } from 'node:util';
import { element, isRawObject } from '../../policy/document/raw-value';
import type { Command } from '../command';
import { answerCase, type CaseAnswer } from '../evaluation-case';
import { InputError } from '../input-error';
import { readJsonFile } from '../json-file';
import { coloured, columns, counted, printable } from '../lines';
import type { Terminal } from '../terminal';

/** `least-agency evaluate`: what IAM decides about requests. */
export const evaluate: Command = {
  usage: 'evaluate <file|-> [--json]',
  summary: 'Decides requests under policies as IAM does, and says which statements decided.',
  details: [
    '  <file>    one case or a list of cases, as JSON; - is standard input',
    '  --json    prints a list with one answer a case, for machines',
    '',
    'A case:',
    '  {',
    '    "policies": { "identity": [], "boundary": [], "session": [], "resource": {}, "scp": [], "rcp": [] },',
    '    "request": { "principal": "", "action": "", "resource": "", "resourceAccount": "", "context": {} }',
    '  }',
    '',
    'Each layer is a policy or a list of policies; a layer that is not there limits nothing. In scp and rcp an entry is a',
    "level, the root first. The context has exactly the keys that the request carries. The principal's account is read",
    'from its ARN, and so is the account of the resource where its ARN has one. A kms: request without a policy of the',
    'resource is decided as if the key policy named the account.',
    '',
    'A case that cannot be read has an error for an answer, and the others are decided all the same.',
  ],
  run,
};

function run(args: string[], terminal: Terminal): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) {
    throw new InputError(`evaluate takes one file, got ${positionals.length} names; see evaluate --help`);
  }
  const input = readJsonFile(file, terminal);
  const cases: readonly unknown[] = Array.isArray(input) ? input : [input];
  const answers = cases.map(answerCase);
  if (values.json) {
    const entries = answers.map((answer) => `  ${JSON.stringify(answer)}`);
    terminal.out(entries.length === 0 ? '[]' : `[\n${entries.join(',\n')}\n]`);
  } else {
    print(cases, answers, terminal);
  }
  return 0;
}

const SIGNS = {
  Allowed: { sign: '+', colour: 'green', words: 'allowed' },
  ImplicitlyDenied: { sign: '-', colour: 'red', words: 'implicitly denied' },
  ExplicitlyDenied: { sign: '-', colour: 'red', words: 'explicitly denied' },
  error: { sign: '!', colour: 'yellow', words: 'not decided' },
} as const;

function print(cases: readonly unknown[], answers: readonly CaseAnswer[], terminal: Terminal): void {
  const rows = answers.map((answer, index) => {
    const { sign, words } = SIGNS['error' in answer ? 'error' : answer.decision];
    return [sign, `${index + 1}`, words, ...asked(cases[index])];
  });
  const lines = columns(rows, '  ').flatMap((line, index) => {
    const answer = answers[index] ?? { error: '' };
    const { colour } = SIGNS['error' in answer ? 'error' : answer.decision];
    const because = 'error' in answer ? [answer.error] : answer.because;
    return [coloured(line, colour, terminal.colour), ...because.map((reason) => `      ${printable(reason)}`)];
  });
  const count = (wanted: (answer: CaseAnswer) => boolean): number => answers.filter(wanted).length;
  const allowed = count((answer) => !('error' in answer) && answer.decision === 'Allowed');
  const undecided = count((answer) => 'error' in answer);
  const denied = answers.length - allowed - undecided;
  const total = `${counted(answers.length, 'request')}: ${allowed} allowed, ${denied} denied, ${undecided} not decided`;
  terminal.out([...lines, ...(lines.length > 0 ? [''] : []), total].join('\n'));
}

/** What a case asks about, for people: the action and the resource. */
function asked(input: unknown): [action: string, resource: string] {
  const request = isRawObject(input) ? element(input, 'request') : undefined;
  const named = (name: string): string => {
    const value = isRawObject(request) ? element(request, name) : undefined;
    return typeof value === 'string' ? (value.length > 300 ? `${value.slice(0, 297)}...` : value) : '';
  };
  return [named('action'), named('resource')];
}
