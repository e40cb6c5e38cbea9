// Puts each bug of mutants.json into a copy of the library, alone, and runs the policy tests: `node
// test/policy/mutants/run.mjs [first] [end]`. A bug that no test notices is printed, and makes the run fail unless the
// list says why it is none (`survives`).
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..', '..');
const all = JSON.parse(readFileSync(join(here, 'mutants.json'), 'utf8'));
const [first = 0, end = all.length] = process.argv.slice(2).map(Number);
const copy = mkdtempSync(join(tmpdir(), 'mutants-'));

for (const part of ['lib', 'test', 'assets', 'bench', 'package.json', 'jest.config.js', 'tsconfig.json']) {
  cpSync(join(root, part), join(copy, part), { recursive: true });
}
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

/** The cases first, which are quick, then all other tests, then the random pairs. */
function isNoticed() {
  const run = (...args) =>
    spawnSync('npx', ['jest', '--bail', '--silent', ...args], {
      cwd: copy,
      env: { ...process.env, PAIRS: '600', SEED: '7' },
      stdio: 'ignore',
      timeout: 300_000,
    }).status !== 0;
  return (
    run('test/policy/compare/cases', 'test/policy/evaluate/cases', 'test/policy/match', 'test/policy/condition') ||
    run('test/policy', '--testPathIgnorePatterns', 'fuzz') ||
    run('test/policy/compare/fuzz')
  );
}

let wrong = 0;
for (const [index, { file, find, replace, survives }] of all.slice(first, end).entries()) {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  const number = first + index;
  if (text.split(find).length !== 2) {
    wrong += 1;
    console.log(`${number} ${file}: not there exactly once: ${find}`);
    continue;
  }
  writeFileSync(
    path,
    text.replace(find, () => replace),
  );
  const noticed = isNoticed();
  writeFileSync(path, text);
  if (noticed === (survives !== undefined)) {
    wrong += 1;
    console.log(`${number} ${file}: ${noticed ? 'is noticed after all' : 'survives'}: ${find} -> ${replace}`);
  } else {
    console.log(`${number} ${noticed ? 'noticed' : `survives: ${survives}`}`);
  }
}
rmSync(copy, { recursive: true });
console.log(`${Math.min(end, all.length) - first} mutants, ${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
