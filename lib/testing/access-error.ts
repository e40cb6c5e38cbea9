import { finding } from '../synth/agent-error';

/**
 * An error of somebody who asks about policies. `name` is stable and part of the public API; the message has it too.
 */
export class AccessError extends Error {
  public constructor(name: string, message: string) {
    super(finding(name, message));
    this.name = name;
  }
}
