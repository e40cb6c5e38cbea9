import { literalOf, type PolicyText } from '../document/text';
import { actionGlob } from '../match/action-glob';
import { matchesGlob } from '../match/glob';
import type { AccessLevel } from './access-level';
import {
  COMPILED_LEVELS,
  type CompiledAction,
  type CompiledRow,
  type CompiledService,
  compiledReference,
  compiledService,
} from './compiled-reference';

/** An action as the service authorization reference describes it. */
export interface ServiceAction {
  /** The service's prefix, such as `s3`. */
  readonly service: string;
  /** The name with the prefix, spelt as AWS spells it: `s3:GetObject`. */
  readonly name: string;
  readonly level: AccessLevel;
  /** Empty when the action takes no resource: then only `*` matches. */
  readonly resourceTypes: readonly ActionResourceType[];
  /** The keys the action itself supplies. Those of resource types and the global ones come on top. */
  readonly conditionKeys: readonly string[];
}

/** A kind of resource that an action works on. */
export interface ActionResourceType {
  readonly name: string;
  /** Whether every request for the action has one. */
  readonly required: boolean;
  /** Shapes such as `arn:${Partition}:s3:::${BucketName}`. */
  readonly arns: readonly string[];
  /** The keys that requests about such a resource supply, for any action or for this one. */
  readonly conditionKeys: readonly string[];
}

const actionIndexes = new Map<CompiledService, ReadonlyMap<string, CompiledAction>>();
const found = new Map<string, ServiceAction>();

/** The action with this name in any letter case; undefined when the reference has none. */
export function findAction(name: string): ServiceAction | undefined {
  // Names come mostly as AWS spells them.
  const wanted = found.has(name) ? name : name.toLowerCase();
  const known = found.get(wanted);
  if (known !== undefined) {
    return known;
  }
  const [prefix = '', action = ''] = wanted.split(':');
  const service = wanted.split(':').length === 2 ? compiledService(prefix) : undefined;
  const compiled = service && actionIndex(service).get(action);
  if (service === undefined || compiled === undefined) {
    return undefined;
  }
  const [spelling, level, keySet, ...rows] = compiled;
  const described: ServiceAction = {
    service: prefix,
    name: `${prefix}:${spelling}`,
    level: COMPILED_LEVELS[level],
    resourceTypes: rows.map((row) => describeType(service, row)),
    conditionKeys: keysOf(service, [keySet]),
  };
  found.set(wanted, described);
  found.set(described.name, described);
  return described;
}

/** The names of all actions that a pattern of Action matches today, such as `s3:Get*`. */
export function actionsLike(pattern: PolicyText): readonly string[] {
  const written = literalOf(pattern)?.toLowerCase();
  if (written !== undefined && !/[*?]/.test(written)) {
    const exact = findAction(written);
    return exact === undefined ? [] : [exact.name];
  }
  const known = written === undefined ? undefined : liked.get(written);
  if (known !== undefined) {
    return known;
  }
  const names = allLike(pattern);
  if (written !== undefined && liked.size < MOST_KEPT) {
    liked.set(written, names);
  }
  return names;
}

/** Patterns of all policies of a large app; what comes beyond is looked up anew. */
const MOST_KEPT = 5000;
const liked = new Map<string, readonly string[]>();

function allLike(pattern: PolicyText): string[] {
  const glob = actionGlob(pattern);
  // Most patterns name one service; comparing its prefix first leaves all others out.
  const [head = '', ...rest] = glob.prefix.split(':');
  const isPossible = (prefix: string): boolean =>
    rest.length > 0 ? prefix === head : prefix.startsWith(head) || head.startsWith(prefix);
  const names: string[] = [];
  for (const prefix of servicePrefixes()) {
    for (const { name, lower } of isPossible(prefix) ? spellingsOf(prefix) : []) {
      if (matchesGlob(glob, lower)) {
        names.push(name);
      }
    }
  }
  return names;
}

interface Spelling {
  readonly name: string;
  /** As patterns are compared. */
  readonly lower: string;
}

const spellings = new Map<string, readonly Spelling[]>();

/** The names of a service's actions, with the prefix. */
function spellingsOf(prefix: string): readonly Spelling[] {
  let known = spellings.get(prefix);
  if (known === undefined) {
    known = actionNames(prefix).map((action) => {
      const name = `${prefix}:${action}`;
      return { name, lower: name.toLowerCase() };
    });
    spellings.set(prefix, known);
  }
  return known;
}

/** The prefixes of all services. */
export function servicePrefixes(): string[] {
  return Object.keys(compiledReference().services);
}

/** The names of a service's actions, without the prefix; empty for an unknown service. */
export function actionNames(prefix: string): string[] {
  return [...(compiledService(prefix)?.actions ?? [])].map(([name]) => name);
}

function actionIndex(service: CompiledService): ReadonlyMap<string, CompiledAction> {
  let index = actionIndexes.get(service);
  if (index === undefined) {
    index = new Map(service.actions.map((action) => [action[0].toLowerCase(), action]));
    actionIndexes.set(service, index);
  }
  return index;
}

function describeType(service: CompiledService, row: CompiledRow): ActionResourceType {
  const [reference, ...rowKeys] = typeof row === 'number' ? [row] : row;
  const type = service.types[Math.floor(reference / 2)];
  if (type === undefined) {
    throw new Error('assets/service-reference.json is damaged; run scripts/service-reference.mjs.');
  }
  const [name, arns, typeKeys] = type;
  return { name, required: reference % 2 === 1, arns, conditionKeys: keysOf(service, [typeKeys, ...rowKeys]) };
}

function keysOf(service: CompiledService, keySets: readonly number[]): string[] {
  const keys = keySets.flatMap((keySet) => service.keySets[keySet] ?? []);
  return [...new Set(keys)].sort((a, b) => a - b).flatMap((key) => service.keys[key]?.[0] ?? []);
}
