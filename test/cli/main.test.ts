import { version } from '../../package.json';
import { runProgram } from './run-program';

test('--help says the commands and the exit codes, on standard output', () => {
  const { code, out, err } = runProgram('--help');
  expect(code).toBe(0);
  expect(out).toContain('least-agency policy <stack> <agent> [--app cdk.out]');
  expect(out).toContain(
    'exit codes: 0 done, 1 the program failed, 2 there are findings (check) or gains (compare), 3 the input is not valid',
  );
  expect(err).toBe('');
});

test('a command with --help says its arguments', () => {
  const { code, out } = runProgram('policy', '--help');
  expect(code).toBe(0);
  expect(out).toContain('<agent>   name of the agent');
});

test('--version says the version of the package and the date of the service reference', () => {
  const { code, out, err } = runProgram('--version');
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^least-agency \d+\.\d+\.\d+\S*, service authorization reference of \d{4}-\d\d-\d\d \(\S+\)$/);
  expect(out).toContain(`least-agency ${version}, `);
});

test('without a command the help is an error', () => {
  const { code, out, err } = runProgram();
  expect(code).toBe(3);
  expect(out).toBe('');
  expect(err).toContain('usage: least-agency <command>');
});

test.each([
  [['polcy'], 'no command polcy; there is policy, evaluate, compare, expand, check'],
  [['constructor'], 'no command constructor; there is policy, evaluate, compare, expand, check'],
  [['policy'], 'policy takes a stack and an agent, got 0 names'],
  [['policy', 'a'], 'policy takes a stack and an agent, got 1 names'],
  [['policy', 'a', 'b', 'c'], 'policy takes a stack and an agent, got 3 names'],
  [['policy', 'a', 'b', '--ap', 'x'], "Unknown option '--ap'"],
  [['policy', 'a', 'b', '--app'], "Option '--app <value>' argument missing"],
])('%j is bad input', (args, message) => {
  const { code, out, err } = runProgram(...args);
  expect(err).toContain(message);
  expect(code).toBe(3);
  expect(out).toBe('');
});
