import * as path from 'node:path';

const LIBRARY = path.resolve(__dirname, '..');

/**
 * The line of the user's program that called into CDK: the first stack frame outside this library, outside installed
 * packages and outside Node. None when the call came from CDK alone, as it does for values made during synthesis.
 */
export function userSourceLine(): string | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 60;
  const stack = new Error('where').stack ?? '';
  Error.stackTraceLimit = limit;
  for (const frame of stack.split('\n').slice(1)) {
    const place = /\(?((?:file:\/\/)?[^\s()]+:\d+:\d+)\)?$/.exec(frame)?.[1];
    if (place === undefined || place.includes('node_modules') || place.startsWith('node:')) {
      continue;
    }
    const file = place.replace(/^file:\/\//, '');
    if (file.startsWith(`${LIBRARY}${path.sep}`)) {
      continue;
    }
    return path.relative(process.cwd(), file) || file;
  }
  return undefined;
}
