// Runs a program of this folder as plain JavaScript, bundled by esbuild, as the command line is: `node bench/compiled.mjs
// policy/run`, `node bench/compiled.mjs policy/fuzz 100000`. Compiling in the process that is measured would count the
// compiler's time and memory.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');
const [program = 'policy/run', ...args] = process.argv.slice(2);
// As deep below the package as compiled modules are: from there they find the service reference.
const outfile = join(root, 'dist', 'bench', `${program}.js`);

await build({
  entryPoints: [join(here, `${program}.ts`)],
  outfile,
  bundle: true,
  packages: 'external',
  alias: { 'cdk-least-agency': join(root, 'lib', 'index.ts') },
  external: ['../../../assets/service-reference.json'],
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, [outfile, ...args], { stdio: 'inherit' });
rmSync(outfile);
process.exitCode = status ?? 1;
