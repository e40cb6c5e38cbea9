// Runs a tool of the jsii family: `node scripts/jsii.mjs <tool> [arguments]`.
// The tools print a large box on every run where Node.js is past its end of life; this leaves it out.
// Before a compilation the old output goes, so that a file that was renamed leaves no ghost to be packed.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [tool, ...args] = process.argv.slice(2);

if (tool === 'jsii') {
  rmSync(join(root, 'build'), { recursive: true, force: true });
}

const { status, error } = spawnSync(process.execPath, [join(root, 'node_modules', tool, 'bin', tool), ...args], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
  },
});
if (error) throw error;
process.exitCode = status ?? 1;
