import { findJsonFault } from '../../lib/cli/json-fault';
import { randomFrom } from '../policy/random';

test.each([
  ['', 1, 1, 'the text ends where value should follow'],
  ['{"a": x}', 1, 7, 'expected value'],
  ['{"a": 1,}', 1, 9, 'expected key'],
  ['{a: 1}', 1, 2, 'expected key or }'],
  ['[1, 2', 1, 6, 'the text ends where , or ] should follow'],
  ['[1,\n 2\n 3]', 3, 2, 'expected , or ]'],
  ['{"a" 1}', 1, 6, "expected ':'"],
  ['{"a": "b', 1, 9, 'the text ends inside a string'],
  ['{"a": "b\nc"}', 1, 9, 'no such letter or escape in a string'],
  ['["\\x"]', 1, 3, 'no such letter or escape in a string'],
  ['[01]', 1, 3, 'expected , or ]'],
  ['[1]\n\n]', 3, 1, 'something follows after the end of the value'],
  ['{"a": 1]', 1, 8, 'expected , or }'],
  ['[,]', 1, 2, 'expected value or ]'],
  ['tru', 1, 1, 'expected value'],
])('%j is no JSON at line %i, column %i', (text, line, column, problem) => {
  expect(findJsonFault(text)).toEqual({ line, column, problem });
});

test.each(['0', ' -1.5e+3 ', '"\\u00e9\\n"', '[]', '{}', '{"a":[{}, [], null, true, false, ""]}'])(
  '%j is JSON',
  (text) => {
    expect(findJsonFault(text)).toBeUndefined();
  },
);

test('a fault is found exactly where JSON.parse finds one', () => {
  const { length, pick } = randomFrom('json');
  const whole = JSON.stringify({ a: [1, -2.5e3, { b: 'c\u0001"\\' }, null, true], d: {}, e: [] });
  for (let round = 0; round < 3000; round++) {
    const at = length(whole.length);
    const text = `${whole.slice(0, at)}${pick('{}[]",:01-.eE+tfn\\u \n', length(3))}${whole.slice(at + length(3))}`;
    let parses = true;
    try {
      JSON.parse(text);
    } catch {
      parses = false;
    }
    expect([text, findJsonFault(text) === undefined]).toEqual([text, parses]);
  }
});

test('depth and length do not matter', () => {
  expect(findJsonFault(Buffer.alloc(1_000_000, '[').toString())).toMatchObject({ line: 1, column: 1_000_001 });
  expect(findJsonFault(`"${Buffer.alloc(5_000_000, 'x').toString()}`)).toMatchObject({
    problem: 'the text ends inside a string',
  });
});
