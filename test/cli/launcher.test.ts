import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LAUNCHER = join(__dirname, '..', '..', 'bin', 'least-agency.js');

/** Starts the program as users do, from another directory. The bundle is made by `npm run assets`. */
function start(input: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [LAUNCHER, ...args], { cwd: tmpdir(), input, encoding: 'utf8', timeout: 20_000 });
}

test('the bundle finds the package and the service reference', () => {
  expect(start('', '--version')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^least-agency \d/),
    stderr: '',
  });
  expect(start('', 'expand', 's3:GetObject', '--json')).toMatchObject({ status: 0, stderr: '' });
});

test('the bundle reads standard input, and ends with the exit code of the command', () => {
  expect(start('[]', 'evaluate', '-', '--json')).toMatchObject({ status: 0, stdout: '[]\n' });
  expect(start('[', 'evaluate', '-')).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('1:2') });
});

test('a reader that has seen enough is no failure', () => {
  const { status, stderr } = spawnSync(
    'bash',
    ['-o', 'pipefail', '-c', '"$0" "$1" expand "*" --json | head -n 1', process.execPath, LAUNCHER],
    { encoding: 'utf8', timeout: 20_000 },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
