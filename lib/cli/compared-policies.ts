import { didYouMean } from '../policy/document/closest-name';
import { element, isRawObject, kindOf, shown } from '../policy/document/raw-value';
import type { LayerName, PolicySet } from '../policy/evaluate/policy-set';
import { InputError } from './input-error';

/** Whose policies can be compared. */
export const COMPARISON_TYPES = ['identity', 'trust', 'resource'] as const;
export type ComparisonType = (typeof COMPARISON_TYPES)[number];

const LAYERS: Readonly<Record<ComparisonType, readonly LayerName[]>> = {
  identity: ['identity', 'boundary', 'session', 'scp', 'rcp'],
  trust: ['resource', 'rcp'],
  resource: ['resource', 'rcp'],
};

/**
 * One side of a comparison: a policy by itself, or a map from layers to policies. Layers that are `null` count as
 * absent, and `trust` is another word for the `resource` policy of a role.
 *
 * @param name Of the file, for messages.
 */
export function comparedPolicies(input: unknown, type: ComparisonType, name: string): PolicySet {
  const layers = LAYERS[type];
  const main = layers[0] ?? 'identity';
  if (typeof input === 'string') {
    return { [main]: input };
  }
  if (!isRawObject(input)) {
    throw new InputError(`${name}: must be a policy or a map such as {"${main}": []}, got ${kindOf(input)}`);
  }
  const isPolicy = ['Version', 'Id', 'Statement'].some((known) => element(input, known) !== undefined);
  if (isPolicy) {
    return { [main]: input };
  }
  const known = [...layers, ...(type === 'trust' ? ['trust'] : [])];
  const unknown = Object.keys(input).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new InputError(
      `${name}: unknown element '${shown(unknown)}'${didYouMean(unknown, [...known, 'Statement'])}; with --type ${type} there is ${known.join(', ')}`,
    );
  }
  const given = Object.keys(input).map((key) => [key === 'trust' ? 'resource' : key, element(input, key)] as const);
  const there = given.filter(([, value]) => value !== null);
  if (there.length === 0) {
    throw new InputError(`${name}: has neither Statement nor '${main}', nor any other layer`);
  }
  return Object.fromEntries(there);
}
