import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');

/** The files that importing the library reads, besides its own and those of CDK. */
function readByImport(): string[] {
  const program =
    "require('./lib/index.ts'); console.log(JSON.stringify(Object.keys(require.cache).filter((file) => !/typescript|ts-node/.test(file))))";
  const args = ['-r', 'ts-node/register/transpile-only', '-e', program];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' }));
}

test('importing the library reads neither the service reference nor the rules of cdk-nag', () => {
  const files = readByImport();
  expect(files.filter((file) => file.endsWith('service-reference.json'))).toEqual([]);
  expect(files.filter((file) => /cdk-nag\/lib\/(index|packs|rules)/.test(file))).toEqual([]);
}, 60_000);
