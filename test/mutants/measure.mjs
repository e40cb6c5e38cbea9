// Directed mutants of lib/policy/measure, the overlay and the commands: `node test/mutants/measure.mjs [number]`.
// Each is one small mistake; the tests named with it must notice. Works on the files in place and puts them back.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const MEASURE = 'test/policy/measure';
const OVERLAY = 'test/policy/reference/overlay';
const CLI = 'test/cli/(evaluate|expand|compare|json-fault).test';
const WRITE = 'test/policy/document/write-policy';

/** File, what stands there once, what the mutant has instead, and the tests to ask. */
const MUTANTS = [
  ['measure/measure-access.ts', 'if (gained.length > 0)', 'if (lost.length > 0)', MEASURE],
  [
    'measure/measure-access.ts',
    '!mayAllow(name, before) && !mayAllow(name, after)',
    '!mayAllow(name, before) || !mayAllow(name, after)',
    MEASURE,
  ],
  ['measure/measure-access.ts', "effect === 'Allow')", "effect === 'Deny')", MEASURE],
  ['measure/measure-access.ts', "{ catalogue: 'closed' }", '{}', MEASURE],
  ['measure/action-class.ts', '!== negated;', '=== negated;', MEASURE],
  ['measure/action-class.ts', 'return [statement];', 'return [];', MEASURE],
  ['measure/action-class.ts', 'hits.get(name)?.push(index);', 'hits.get(name)?.push(0);', MEASURE],
  ['measure/action-class.ts', '.toLowerCase());\n  for', ');\n  for', MEASURE],
  [
    'measure/access-difference.ts',
    'gravity(a.actions[0]) - gravity(b.actions[0])',
    'gravity(b.actions[0]) - gravity(a.actions[0])',
    MEASURE,
  ],
  ['measure/access-difference.ts', 'ACCESS_LEVELS.length - ACCESS_LEVELS.indexOf', 'ACCESS_LEVELS.indexOf', MEASURE],
  ['measure/parsed-set.ts', "layer === 'scp' || layer === 'rcp' ? given.map(listOf) : [given]", '[given]', MEASURE],
  ['measure/added-access.ts', "relation === 'equal' && certainty === 'proved'", "relation === 'equal'", MEASURE],
  ['measure/added-access.ts', 'index !== left', 'index === left', MEASURE],
  [
    'measure/minimise-policy.ts',
    "return relation === 'equal' && certainty === 'proved'",
    "return relation === 'equal'",
    MEASURE,
  ],
  [
    'measure/minimise-policy.ts',
    "return relation === 'equal' && certainty === 'proved'",
    "return certainty === 'proved'",
    MEASURE,
  ],
  ['measure/minimise-policy.ts', 'steps.length === 0 || isEqual(document, current, compare)', 'true', MEASURE],
  ['measure/minimise-policy.ts', 'a.negated || b.negated', 'false', MEASURE],
  ['measure/minimise-policy.ts', 'restOf(one, name) !== restOf(other, name)', 'false', MEASURE],
  ['measure/minimise-policy.ts', 'statements.length > 1', 'statements.length > 0', MEASURE],
  ['measure/minimise-policy.ts', 'const { sid: _, ...rest } =', 'const rest =', MEASURE],
  ['measure/dead-grant.ts', "effect === 'Allow' && !action.negated", '!action.negated', MEASURE],
  [
    'measure/dead-grant.ts',
    '!absentIsFine && !(operator.negated && operator.set === undefined)',
    '!absentIsFine',
    MEASURE,
  ],
  ['measure/dead-grant.ts', '(operator.negated && operator.set === undefined)', 'operator.negated', MEASURE],
  ['measure/dead-grant.ts', "operator.ifExists || operator.set === 'ForAllValues'", 'operator.ifExists', MEASURE],
  ['measure/dead-grant.ts', "=== 'false'", "=== 'true'", MEASURE],
  ['measure/dead-grant.ts', "prefix !== 'aws' && !servicePrefixes().includes(prefix)", 'false', MEASURE],
  ['measure/dead-grant.ts', '[shape, `${shape}:\\${Qualifier}`]', '[shape]', MEASURE],
  [
    'measure/dead-grant.ts',
    "'plain' in part ? part.plain : { atom: '${}' }",
    "'plain' in part ? part.plain : 'x'",
    MEASURE,
  ],
  ['measure/dead-grant.ts', '(resource.length === 1 && literalOf(resource) === undefined)', 'false', MEASURE],
  [
    'measure/access-tally.ts',
    'action.marks.some(({ mark }) => mark === name)',
    'action.marks[0]?.mark === name',
    MEASURE,
  ],
  ['document/write-policy.ts', 'operators.get(spelling)?.has(key)', 'false', WRITE],
  ['document/write-policy.ts', "everyone ? [['AWS', [['*']]]] : []", '[]', WRITE],
  ['document/write-policy.ts', 'element.negated ? `Not${name}` : name', 'name', WRITE],
  [
    'reference/overlay/overlay-marks.ts',
    "new Set(['Write', 'Permissions management'])",
    "new Set(['Write', 'Read'])",
    OVERLAY,
  ],
  ['reference/overlay/overlay-marks.ts', "marks.some(({ mark }) => mark === 'irreversible')", 'false', OVERLAY],
  ['reference/overlay/deletion-by-name.ts', '(Admin|Batch)?(', '(', OVERLAY],
  [
    'reference/overlay/deletion-by-name.ts',
    'verb === undefined || REVERSIBLE.has(action)',
    'verb === undefined',
    OVERLAY,
  ],
  ['reference/overlay/scoping.ts', 'resourceTypes.length === 0', 'resourceTypes.length === 1', OVERLAY],
  ['evaluate/parse-request.ts', 'seen.has(key.toLowerCase())', 'seen.has(key)', CLI],
  ['evaluate/parse-request.ts', '/^\\d{12}$/.test(resourceAccount)', '/^\\d+$/.test(resourceAccount)', CLI],
  ['evaluate/decision-effort.ts', 'policy.letters * asked.letters + ', '', 'test/policy/evaluate'],
  ['evaluate/decision-effort.ts', ' + STEPS_A_VALUE * policy.values * asked.values', '', 'test/policy/evaluate'],
  ['../cli/evaluation-case.ts', 'value !== undefined && value !== null', 'value !== undefined', CLI],
  [
    '../cli/evaluation-case.ts',
    '!LAYERS.includes(name as LayerName)',
    '!(name in Object.prototype) && !LAYERS.includes(name as LayerName)',
    CLI,
  ],
  ['../cli/commands/compare.ts', "certainty !== 'may' && (", '(', CLI],
  ['../cli/commands/compare.ts', "(relation === 'equal' || relation === 'narrowed')", "relation !== 'broadened'", CLI],
  ['../cli/compared-policies.ts', "key === 'trust' ? 'resource' : key", 'key', CLI],
  ['../cli/compared-policies.ts', 'value !== null', 'true', CLI],
  ['../cli/lines.ts', 'row.map(printable)', '[...row]', CLI],
  ['../cli/json-fault.ts', 'text.charCodeAt(at) >= 0x20', 'true', CLI],
];

const only = process.argv[2] === undefined ? undefined : Number(process.argv[2]);
let alive = 0;
for (const [index, [name, from, to, tests]] of MUTANTS.entries()) {
  if (only !== undefined && only !== index) continue;
  const file = join(root, 'lib', 'policy', name);
  const original = readFileSync(file, 'utf8');
  if (original.split(from).length !== 2) throw new Error(`mutant ${index}: '${from}' does not stand once in ${name}`);
  writeFileSync(
    file,
    original.replace(from, () => to),
  );
  try {
    const { status } = spawnSync('npx', ['jest', tests, '--bail', '--silent'], { cwd: root, encoding: 'utf8' });
    if (status === 0) alive++;
    console.log(`${status === 0 ? 'ALIVE ' : 'killed'} ${index} ${name}: ${from} -> ${to || 'nothing'}`);
  } finally {
    writeFileSync(file, original);
  }
}
console.log(`${MUTANTS.length} mutants, ${alive} alive`);
process.exitCode = alive === 0 ? 0 : 1;
