import type { PolicyVersion } from '../document/policy-document';
import { literalOf, type PolicyText } from '../document/text';
import type { RawPolicy } from '../document/write-policy';
import type { TextCondition, TextStatement } from './text-statement';

/** Statements as policies that `parsePolicy` reads: one for each version of the policy language. */
export function rawPolicies(statements: readonly TextStatement[]): RawPolicy[] {
  const versions = [...new Set(statements.map(versionOf))];
  return versions.map((version) => ({
    Version: version,
    Statement: statements.filter((statement) => versionOf(statement) === version).map(rawStatement),
  }));
}

function versionOf({ version = '2012-10-17' }: TextStatement): PolicyVersion {
  return version;
}

function rawStatement({
  sid,
  effect,
  actions,
  notActions,
  resources,
  notResources,
  conditions,
}: TextStatement): RawPolicy {
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect,
    ...(actions === undefined ? {} : { Action: rawTexts(actions) }),
    ...(notActions === undefined ? {} : { NotAction: rawTexts(notActions) }),
    ...(resources === undefined ? {} : { Resource: rawTexts(resources) }),
    ...(notResources === undefined ? {} : { NotResource: rawTexts(notResources) }),
    ...(conditions.length === 0 ? {} : { Condition: rawConditions(conditions) }),
  };
}

/** A statement was read from JSON, so no operator has the same key twice. */
function rawConditions(conditions: readonly TextCondition[]): unknown {
  const operators = new Map<string, [string, unknown][]>();
  for (const { operator, key, values } of conditions) {
    operators.set(operator, [...(operators.get(operator) ?? []), [key, rawTexts(values)]]);
  }
  return Object.fromEntries([...operators].map(([name, keys]) => [name, Object.fromEntries(keys)]));
}

function rawTexts(texts: readonly PolicyText[]): unknown[] {
  return texts.map((one) => literalOf(one) ?? one);
}
