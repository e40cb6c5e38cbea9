import type { Command } from './command';
import { check } from './commands/check';
import { compare } from './commands/compare';
import { evaluate } from './commands/evaluate';
import { expand } from './commands/expand';
import { policy } from './commands/policy';
import { InputError } from './input-error';
import { PROCESS_TERMINAL, type Terminal } from './terminal';
import { versionText } from './version';

const COMMANDS: Readonly<Record<string, Command>> = { policy, evaluate, compare, expand, check };

/** Exit codes are part of the program's interface. */
const EXIT = { ok: 0, toolFailed: 1, badInput: 3 } as const;

/** The program `least-agency`: runs the command that `args` names, and answers the exit code. */
export function main(args: string[], terminal: Terminal = PROCESS_TERMINAL): number {
  try {
    return run(args, terminal);
  } catch (error) {
    terminal.err(`least-agency: ${error instanceof Error ? error.message : String(error)}`);
    return isInputError(error) ? EXIT.badInput : EXIT.toolFailed;
  }
}

function run(args: string[], terminal: Terminal): number {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    (name === undefined ? terminal.err : terminal.out)(programHelp());
    return name === undefined ? EXIT.badInput : EXIT.ok;
  }
  if (name === '--version' || name === 'version') {
    terminal.out(versionText());
    return EXIT.ok;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    throw new InputError(`no command ${name}; there is ${Object.keys(COMMANDS).join(', ')} (--help says more)`);
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.out(commandHelp(command));
    return EXIT.ok;
  }
  return command.run(rest, terminal);
}

/** `parseArgs` throws errors of its own for options that it does not know. */
function isInputError(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return error instanceof InputError || String(code).startsWith('ERR_PARSE_ARGS_');
}

function programHelp(): string {
  const commands = Object.values(COMMANDS).map(({ usage, summary }) => `  least-agency ${usage}\n      ${summary}`);
  return [
    'usage: least-agency <command>',
    '',
    ...commands,
    '',
    '  --help      this text, or with a command what its arguments are',
    '  --version   the version of the library, and the date of the service reference it judges with',
    '',
    'exit codes: 0 done, 1 the program failed, 2 there are findings (check) or gains (compare), 3 the input is not valid',
  ].join('\n');
}

function commandHelp({ usage, summary, details }: Command): string {
  return [`usage: least-agency ${usage}`, '', summary, '', ...details].join('\n');
}
