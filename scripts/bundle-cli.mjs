// Bundles the program `least-agency` to assets/cli/main.js, one file that bin/least-agency.js starts:
// `node scripts/bundle-cli.mjs`. From there it is as far up to the package as from lib/cli and build/cli, so whatever
// is found by its path (package.json, the service reference) is found in all three.
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const outfile = join(root, 'assets', 'cli', 'main.js');

/** The service reference stays a file of its own: JSON.parse reads it faster than JavaScript, and it is there already. */
const referenceBeside = {
  name: 'service reference beside the bundle',
  setup({ onResolve }) {
    onResolve({ filter: /\/assets\/service-reference\.json$/ }, ({ path, resolveDir }) => ({
      path: relative(dirname(outfile), join(resolveDir, path)).replaceAll('\\', '/'),
      external: true,
    }));
  },
};

const { metafile } = await build({
  entryPoints: [join(root, 'lib', 'cli', 'main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  legalComments: 'none',
  // Names stay, so that a stack trace can be read.
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
  logLevel: 'warning',
  plugins: [referenceBeside],
});

/** What NOTICE names. */
const NOTICED = ['node_modules/yaml/'];
const foreign = Object.keys(metafile.inputs).filter(
  (input) => !['lib/', ...NOTICED].some((own) => input.startsWith(own)),
);
if (foreign.length > 0) {
  throw new Error(`assets/cli/main.js would hold what is not ours: ${foreign.join(', ')}`);
}
