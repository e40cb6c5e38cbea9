import { main } from '../../lib/cli/main';

/** What one run of the program wrote, and its exit code. */
export interface ProgramRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the program in this process, with nothing on standard input. */
export function runProgram(...args: string[]): ProgramRun {
  return runWithInput('', ...args);
}

/** Runs the program in this process, with a text or bytes on standard input. */
export function runWithInput(input: string | Buffer, ...args: string[]): ProgramRun {
  const out: string[] = [];
  const err: string[] = [];
  const code = main(args, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    read: () => Buffer.from(input),
    colour: false,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}
