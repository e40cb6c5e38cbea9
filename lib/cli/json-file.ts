import { InputError } from './input-error';
import { findJsonFault } from './json-fault';
import type { Terminal } from './terminal';
import { readTextFile, shownName } from './text-file';

/**
 * Reads a file of JSON; `-` is standard input.
 *
 * Throws an `InputError` that says the line and the column where it is no JSON.
 */
export function readJsonFile(name: string, terminal: Terminal): unknown {
  return jsonIn(readTextFile(name, terminal), shownName(name));
}

/** What JSON text says. Throws an `InputError` as above. */
export function jsonIn(text: string, shown: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const fault = findJsonFault(text);
    const where = fault === undefined ? '' : `:${fault.line}:${fault.column}`;
    throw new InputError(`${shown}${where}: no valid JSON: ${fault?.problem ?? 'it cannot be read'}`);
  }
}
