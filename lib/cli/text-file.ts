import { readFileSync, statSync } from 'node:fs';
import { InputError } from './input-error';
import type { Terminal } from './terminal';

const LARGEST = 128 * 1024 * 1024;

/**
 * Reads a file of text; `-` is standard input.
 *
 * Throws an `InputError` where it cannot. The text is UTF-8, with or without a byte order mark, and has 128 MB at most.
 */
export function readTextFile(name: string, terminal: Terminal): string {
  return decoded(bytesOf(name, terminal), shownName(name));
}

/** What a file is called in messages. */
export function shownName(name: string): string {
  return name === '-' ? 'standard input' : name;
}

function bytesOf(name: string, terminal: Terminal): Buffer {
  try {
    if (name !== '-' && statSync(name).size > LARGEST) {
      throw new Error(`it has more than ${LARGEST / 1024 / 1024} MB`);
    }
    return name === '-' ? terminal.read() : readFileSync(name);
  } catch (error) {
    throw new InputError(`can't read ${shownName(name)}: ${(error as Error).message}`);
  }
}

function decoded(bytes: Buffer, shown: string): string {
  if (bytes.length > LARGEST) {
    throw new InputError(`can't read ${shown}: it has more than ${LARGEST / 1024 / 1024} MB`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`can't read ${shown}: it is not UTF-8 text`);
  }
}
