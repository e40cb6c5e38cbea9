import { AgentError } from '../synth/agent-error';
import type { AgentGrant } from './agent-grant';
import { kindOf } from './exact-arn';

/**
 * The values of a property that takes some of a closed set, each once.
 *
 * @param standard what is meant when the property is left out.
 * @throws an error of the given name, with what was got and what is allowed.
 */
export function chosen<T extends string>(
  scope: AgentGrant,
  property: string,
  values: unknown,
  allowed: readonly T[],
  standard: T,
  errorName: string,
): T[] {
  if (values === undefined || values === null) {
    return [standard];
  }
  const wrong: unknown = Array.isArray(values) ? values.find((value) => !allowed.includes(value)) : values;
  if (!Array.isArray(values) || values.length === 0 || values.includes(wrong)) {
    const got = Array.isArray(values) && values.length > 0 ? wrong : values;
    throw new AgentError(
      errorName,
      `${property} must be a list of one or more of ${allowed.join(', ')}, got ${kindOf(got)}`,
      scope,
    );
  }
  return [...new Set<T>(values)];
}
