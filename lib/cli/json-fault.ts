/** Where a text stops being JSON, and why. Lines and columns count from 1. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const LIST = 1;
const OBJECT = 2;
const SPACE = ' \t\r\n';

type Expectation = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or ]' | ', or }' | 'end';

/**
 * Finds where a text stops being JSON; undefined when it is JSON. `JSON.parse` does not say the place in a way that
 * stays the same from one version of Node.js to the next.
 *
 * Takes one pass and no recursion, so depth does not matter.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const open = new Uint8Array(text.length);
  let depth = 0;
  let expected: Expectation = 'value';
  let at = 0;
  const after = (): Expectation => (depth === 0 ? 'end' : open[depth - 1] === LIST ? ', or ]' : ', or }');
  for (;;) {
    while (at < text.length && SPACE.includes(text[at] ?? '')) {
      at++;
    }
    if (at >= text.length) {
      return expected === 'end' ? undefined : fault(text, at, `the text ends where ${expected} should follow`);
    }
    const letter = text[at] ?? '';
    const closes = letter === (open[depth - 1] === LIST ? ']' : '}');
    if (expected === 'end') {
      return fault(text, at, 'something follows after the end of the value');
    }
    if (expected === ':') {
      if (letter !== ':') {
        return fault(text, at, `expected ':'`);
      }
      expected = 'value';
      at++;
    } else if (depth > 0 && closes && expected !== 'value' && expected !== 'key') {
      depth--;
      expected = after();
      at++;
    } else if (expected === ', or ]' || expected === ', or }') {
      if (letter !== ',') {
        return fault(text, at, `expected ${expected}`);
      }
      expected = expected === ', or ]' ? 'value' : 'key';
      at++;
    } else if (letter === '"') {
      const end = stringEnd(text, at + 1);
      if (text[end] !== '"') {
        const problem = end >= text.length ? 'the text ends inside a string' : 'no such letter or escape in a string';
        return fault(text, end, problem);
      }
      expected = expected.startsWith('key') ? ':' : after();
      at = end + 1;
    } else if (expected.startsWith('key')) {
      return fault(text, at, `expected ${expected}`);
    } else if (letter === '[' || letter === '{') {
      open[depth++] = letter === '[' ? LIST : OBJECT;
      expected = letter === '[' ? 'value or ]' : 'key or }';
      at++;
    } else {
      const end = match(NUMBER, text, at) ?? match(WORD, text, at);
      if (end === undefined) {
        return fault(text, at, `expected ${expected}`);
      }
      expected = after();
      at = end;
    }
  }
}

/** The place of the quote that ends a string, or of the first letter that cannot be in it. */
function stringEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== '"' && text.charCodeAt(at) >= 0x20) {
    const next = text[at] === '\\' ? match(ESCAPE, text, at) : at + 1;
    if (next === undefined) {
      return at;
    }
    at = next;
  }
  return at;
}

/** Where a match that starts at a place ends. */
function match(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function fault(text: string, at: number, problem: string): JsonFault {
  // No loop over indexOf: V8 moves the first one, which is pure, into the loop of the caller once that is compiled.
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1, problem };
}
