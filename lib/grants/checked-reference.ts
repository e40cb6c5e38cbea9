import { AgentError } from '../synth/agent-error';
import type { AgentGrant } from './agent-grant';
import { kindOf } from './exact-arn';

/**
 * Fails where a property is not the reference to a resource that it has to be.
 *
 * The compiler sees to that in typed languages; in JavaScript and Python anything can arrive here.
 *
 * @throws `AgentGrantReference` with what was got.
 */
export function checkReference(scope: AgentGrant, property: string, value: unknown, reference: string): void {
  const isReference =
    isObject(value) &&
    isObject((value as Record<string, unknown>)[reference]) &&
    isObject((value as { env?: unknown }).env);
  if (!isReference) {
    const kind = reference.charAt(0).toUpperCase() + reference.slice(1);
    throw new AgentError(
      'AgentGrantReference',
      `${property} must be a resource (a construct or an import that is an I${kind}), got ` +
        `${isObject(value) ? `an object without ${reference}` : kindOf(value)}`,
      scope,
    );
  }
}

/**
 * Fails where a switch is neither left out nor true or false: `'no'` would switch it on.
 *
 * @throws `AgentGrantSwitch` with what was got.
 */
export function checkSwitches<T extends object>(scope: AgentGrant, props: T, ...names: (keyof T & string)[]): void {
  for (const name of names) {
    const value: unknown = props[name];
    if (value !== undefined && value !== null && typeof value !== 'boolean') {
      throw new AgentError('AgentGrantSwitch', `${name} must be true or false, got ${kindOf(value)}`, scope);
    }
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
