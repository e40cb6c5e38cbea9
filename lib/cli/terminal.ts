import { readFileSync } from 'node:fs';

/** Where a command reads and writes: data for machines to one side, words for people to the other. */
export interface Terminal {
  /** Writes a text and a line end to standard output. */
  out(text: string): void;
  /** Writes a text and a line end to standard error. */
  err(text: string): void;
  /** Everything that standard input has, for the file name `-`. */
  read(): Buffer;
  /** Whether people look at standard output through something that shows colours. */
  readonly colour: boolean;
}

/** The terminal of this process. */
export const PROCESS_TERMINAL: Terminal = {
  out: (text) => write(process.stdout, text),
  err: (text) => write(process.stderr, text),
  read: () => readFileSync(0),
  get colour() {
    return process.stdout.isTTY === true && !process.env.NO_COLOR;
  },
};

const listened = new WeakSet<NodeJS.WriteStream>();

/** A reader that has seen enough, such as `head`, closes the pipe. That is no failure. */
function write(stream: NodeJS.WriteStream, text: string): void {
  if (!listened.has(stream)) {
    listened.add(stream);
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') {
        throw error;
      }
    });
  }
  stream.write(`${text}\n`);
}
