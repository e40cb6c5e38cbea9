// Runs a program of this folder as plain JavaScript, bundled by esbuild, as the command line is: `node
// bench/policy/compiled.mjs run`, `node bench/policy/compiled.mjs fuzz 100000`. Compiling in the process that is
// measured would count the compiler's time and memory.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const [program = 'run', ...args] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'bench-policy-'));
const outfile = join(folder, `${program}.js`);

/** The service reference is read as a file, as in the package. */
const referenceBeside = {
  name: 'service reference as a file',
  setup({ onResolve }) {
    const file = join(root, 'assets', 'service-reference.json');
    onResolve({ filter: /\/assets\/service-reference\.json$/ }, () => ({ path: file, external: true }));
  },
};

await build({
  entryPoints: [join(here, `${program}.ts`)],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
  plugins: [referenceBeside],
});
const { status } = spawnSync(process.execPath, [outfile, ...args], { stdio: 'inherit' });
rmSync(folder, { recursive: true });
process.exitCode = status ?? 1;
