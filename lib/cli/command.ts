import type { Terminal } from './terminal';

/** One command of the program. */
export interface Command {
  /** What stands after the name of the program. */
  readonly usage: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** All that can be said about its arguments, in lines. */
  readonly details: readonly string[];
  /** Runs the command and answers the exit code. */
  run(args: string[], terminal: Terminal): number;
}
