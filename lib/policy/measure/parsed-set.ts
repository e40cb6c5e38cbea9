import { parsePolicy } from '../document/parse-policy';
import type { PolicyDocument } from '../document/policy-document';
import { writePolicy } from '../document/write-policy';
import type { LayerName, PolicySet } from '../evaluate/policy-set';
import { preparePolicies } from '../evaluate/prepared-policies';

const LAYERS: readonly LayerName[] = ['identity', 'boundary', 'session', 'resource', 'scp', 'rcp'];

/** A policy set whose documents have been read. A layer is a list of levels; only scp and rcp have more than one. */
export type ParsedSet = ReadonlyMap<LayerName, readonly (readonly PolicyDocument[])[]>;

/** Reads all documents of a set. Throws a `PolicyError` when one cannot be read, or does not belong in its layer. */
export function parseSet(policies: PolicySet): ParsedSet {
  preparePolicies(policies);
  const parsed = new Map<LayerName, readonly (readonly PolicyDocument[])[]>();
  for (const layer of LAYERS) {
    const given = listOf(policies[layer]);
    if (given.length > 0) {
      const levels = layer === 'scp' || layer === 'rcp' ? given.map(listOf) : [given];
      parsed.set(
        layer,
        levels.map((level) => level.flatMap((document) => parsePolicy(document).document ?? [])),
      );
    }
  }
  return parsed;
}

/** Every document of a set, whatever its layer. */
export function documentsOf(set: ParsedSet): PolicyDocument[] {
  return [...set.values()].flat(2);
}

/** Writes a set down again, each document changed by a function. No layer disappears: an empty one would not limit. */
export function writeSet(set: ParsedSet, change: (document: PolicyDocument) => PolicyDocument): PolicySet {
  const entries = [...set].map(([layer, levels]) => {
    const written = levels.map((level) => level.map((document) => writePolicy(change(document))));
    return [layer, layer === 'scp' || layer === 'rcp' ? written : written.flat()] as const;
  });
  return Object.fromEntries(entries);
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
