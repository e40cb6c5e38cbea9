import { readFileSync, statSync } from 'node:fs';
import { InputError } from './input-error';
import { findJsonFault } from './json-fault';
import type { Terminal } from './terminal';

const LARGEST = 128 * 1024 * 1024;

/**
 * Reads a file of JSON; `-` is standard input.
 *
 * Throws an `InputError` that says the line and the column where it is no JSON. The text is UTF-8, with or without a
 * byte order mark, and has 128 MB at most.
 */
export function readJsonFile(name: string, terminal: Terminal): unknown {
  const shownName = name === '-' ? 'standard input' : name;
  const text = decoded(bytesOf(name, shownName, terminal), shownName);
  try {
    return JSON.parse(text);
  } catch {
    const fault = findJsonFault(text);
    const where = fault === undefined ? '' : `:${fault.line}:${fault.column}`;
    throw new InputError(`${shownName}${where}: no valid JSON: ${fault?.problem ?? 'it cannot be read'}`);
  }
}

function bytesOf(name: string, shownName: string, terminal: Terminal): Buffer {
  try {
    if (name !== '-' && statSync(name).size > LARGEST) {
      throw new Error(`it has more than ${LARGEST / 1024 / 1024} MB`);
    }
    return name === '-' ? terminal.read() : readFileSync(name);
  } catch (error) {
    throw new InputError(`can't read ${shownName}: ${(error as Error).message}`);
  }
}

function decoded(bytes: Buffer, shownName: string): string {
  if (bytes.length > LARGEST) {
    throw new InputError(`can't read ${shownName}: it has more than ${LARGEST / 1024 / 1024} MB`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`can't read ${shownName}: it is not UTF-8 text`);
  }
}
