/** Where a command writes: data for machines to one side, words for people to the other. */
export interface Terminal {
  /** Writes a text and a line end to standard output. */
  out(text: string): void;
  /** Writes a text and a line end to standard error. */
  err(text: string): void;
}

/** The terminal of this process. */
export const PROCESS_TERMINAL: Terminal = {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
};
