import type { AccessLevel } from './access-level';

/** The content of assets/service-reference.json; scripts/service-reference.mjs writes it and describes it. */
export interface CompiledReference {
  readonly version: string;
  readonly date: string;
  readonly globalKeys: readonly CompiledKey[];
  readonly services: Readonly<Record<string, CompiledService>>;
}

/** One service. Whatever is not a name is an index into one of these lists. */
export interface CompiledService {
  readonly keys: readonly CompiledKey[];
  readonly keySets: readonly (readonly number[])[];
  readonly types: readonly CompiledType[];
  readonly actions: readonly CompiledAction[];
}

/** Name and type of a condition key. */
export type CompiledKey = readonly [name: string, type: string];
/** Name, ARN shapes and key set of a resource type. */
export type CompiledType = readonly [name: string, arns: readonly string[], keySet: number];
/** Name, level, key set and resource types of an action. */
export type CompiledAction = readonly [
  name: string,
  level: keyof typeof COMPILED_LEVELS,
  keySet: number,
  ...rows: CompiledRow[],
];
/** Twice the index of a resource type, plus one when it is required; with a key set where the row has keys of its own. */
export type CompiledRow = number | readonly [type: number, keySet: number];

/** The letters that stand for access levels. */
export const COMPILED_LEVELS = {
  L: 'List',
  R: 'Read',
  W: 'Write',
  T: 'Tagging',
  P: 'Permissions management',
} as const satisfies Record<string, AccessLevel>;

let loaded: CompiledReference | undefined;

/** The compiled reference, read when it is first needed. */
export function compiledReference(): CompiledReference {
  // The same number of folders up from lib/policy/reference and from build/policy/reference.
  loaded ??= require('../../../assets/service-reference.json') as CompiledReference;
  return loaded;
}

/** A service by its prefix in any letter case. */
export function compiledService(prefix: string): CompiledService | undefined {
  const { services } = compiledReference();
  const name = prefix.toLowerCase();
  return Object.hasOwn(services, name) ? services[name] : undefined;
}
