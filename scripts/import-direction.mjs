// Checks that the rooms of lib/ import one way: `node scripts/import-direction.mjs [folder]`, the folder being lib/.
// Every import counts, type imports too. Prints file:line for each wrong one, and exits 1.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** A room may import itself and the rooms of the floors below its own; rooms of one floor do not import each other. */
const FLOORS = [
  ['policy'],
  ['access'],
  ['synth'],
  ['roles'],
  ['grants'],
  ['elevation'],
  ['checks'],
  ['certification', 'testing'],
  ['cli', 'index'],
];

/** Rooms that import these rooms only. `index` above is lib/index.ts. */
const APART = {
  'elevation/core': ['policy'],
  handlers: ['policy', 'elevation/core'],
};

const CDK = ['aws-cdk-lib', 'constructs'];

/** The packages a room may import; `node:` stands for all of Node's own, `@aws-sdk/` for all of that scope. */
const PACKAGES = {
  policy: [],
  access: [],
  synth: [...CDK, 'node:'],
  roles: [...CDK, 'node:'],
  grants: [...CDK, 'node:'],
  'elevation/core': [],
  elevation: [...CDK, 'node:'],
  checks: [...CDK, 'cdk-nag', 'node:'],
  certification: [...CDK, 'cdk-nag', 'node:'],
  testing: [...CDK, 'cdk-nag', 'node:'],
  handlers: ['@aws-sdk/', 'node:'],
  // yaml comes in the bundle of the program: see scripts/bundle-cli.mjs.
  cli: [...CDK, 'cdk-nag', '@aws-sdk/', 'node:', 'yaml'],
  index: [],
};

const lib = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..', 'lib'));

/** The room that a path in lib/ belongs to, or undefined where there is none. */
function roomOf(path) {
  const steps = relative(lib, path).replace(/\.ts$/, '').split(sep);
  const inner = steps.slice(0, 2).join('/');
  if (inner in APART) return inner;
  const isRoom = steps[0] in PACKAGES && (steps[0] === 'index') === (steps.length === 1);
  return isRoom ? steps[0] : undefined;
}

/** The rooms that a room may import, besides itself. */
function roomsFor(room) {
  if (room in APART) return APART[room];
  const below = FLOORS.slice(
    0,
    FLOORS.findIndex((floor) => floor.includes(room)),
  ).flat();
  return below.includes('elevation') || room === 'elevation' ? [...below, 'elevation/core'] : below;
}

/** The compiled service reference: the one thing outside lib that is imported by its path, as data. */
const REFERENCE = '../assets/service-reference.json';

/** Why a file of a room may not import a module, or undefined where it may. */
function objection(room, file, module) {
  if (!module.startsWith('.')) {
    const allowed = PACKAGES[room];
    const fits = (name) => module === name || module.startsWith(/[:/]$/.test(name) ? name : `${name}/`);
    return allowed.some(fits) ? undefined : `${room} may import ${allowed.join(', ') || 'nothing outside lib'}`;
  }
  const target = resolve(dirname(file), module);
  if (relative(lib, target) === REFERENCE && relative(lib, dirname(file)) === 'policy/reference') return undefined;
  if (relative(lib, target).startsWith('..')) return 'lib imports nothing outside lib by its path';
  const other = target === lib ? 'index' : roomOf(target);
  if (other === undefined) return 'no such room in scripts/import-direction.mjs';
  const allowed = roomsFor(room);
  return other === room || allowed.includes(other)
    ? undefined
    : `${room} may import ${allowed.join(', ') || 'no other room'}`;
}

const files = readdirSync(lib, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => join(entry.parentPath, entry.name))
  .sort();

const problems = files.flatMap((file) => {
  const name = relative(dirname(lib), file);
  const room = roomOf(file);
  if (room === undefined) return [`${name}:1 is in no room of scripts/import-direction.mjs`];
  const text = readFileSync(file, 'utf8');
  return ts.preProcessFile(text, true, true).importedFiles.flatMap(({ fileName: module, pos }) => {
    const why = objection(room, file, module);
    const line = text.slice(0, pos).split('\n').length;
    return why === undefined ? [] : [`${name}:${line} imports '${module}': ${why}`];
  });
});

for (const problem of problems) console.error(problem);
console.error(`import direction: ${files.length} files, ${problems.length} wrong`);
process.exitCode = problems.length === 0 ? 0 : 1;
