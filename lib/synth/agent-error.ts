import type { IConstruct } from 'constructs';

/**
 * An error that a user of the library can act on.
 *
 * `name` is stable and part of the public API. The message names the value got, what is allowed, and the fix.
 */
export class AgentError extends Error {
  public constructor(name: string, message: string, scope?: IConstruct) {
    super(`«${name}» ${message}${scope ? ` (at ${scope.node.path || 'the app'})` : ''}`);
    this.name = name;
  }
}

/** The line of a validation finding: its stable name, then what is wrong and how to mend it. */
export function finding(name: string, message: string): string {
  return `«${name}» ${message}`;
}
