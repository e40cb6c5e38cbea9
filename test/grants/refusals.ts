import type { Stack } from 'aws-cdk-lib/core';
import type { ScopedAgentRole } from '../../lib/roles/scoped-agent-role';
import { type AgentOptions, newAgent, SynthesizedAgent } from './agent-fixture';

/** A mistake, the stable name of its error, and what the message has to say: the value got, and what is allowed. */
export type Refusal = readonly [
  mistake: string,
  declare: (agent: ScopedAgentRole, stack: Stack) => void,
  name: string,
  parts: readonly string[],
];

/** The error of a mistake, checked to have its stable name and to say at which construct. */
export function refused(
  declare: (agent: ScopedAgentRole, stack: Stack) => void,
  name: string,
  options: AgentOptions = {},
  at = /Orders\/Agent\/\w+/,
): string {
  const { agent, stack } = newAgent(options);
  let error: unknown;
  try {
    declare(agent, stack);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(Error);
  const { name: named, message } = error as Error;
  expect(message).toMatch(new RegExp(`^«${name}» [\\s\\S]+ \\(at ${at.source}\\)$`));
  expect(named).toBe(name);
  expect(message).not.toContain('${Token');
  return message;
}

/** One test a mistake. */
export function refuses(cases: readonly Refusal[], options: AgentOptions = {}): void {
  test.each(cases)('refuses %s', (_, declare, name, parts) => {
    const message = refused(declare, name, options);
    for (const part of parts) {
      expect(message).toContain(part);
    }
  });
}

/** What synth says when it refuses an app; empty when it does not. */
export function synthRefusal(
  declare: (agent: ScopedAgentRole, stack: Stack) => void,
  options: AgentOptions = {},
): string {
  const { agent, stack } = newAgent(options);
  declare(agent, stack);
  try {
    SynthesizedAgent.of(agent);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
