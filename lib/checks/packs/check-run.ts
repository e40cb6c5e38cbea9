import type { Finding } from '../finding';
import type { RelaxedAgentRule } from './agent-checks-props';

/** What a pack did in one synthesis: the proof that it ran. */
export interface CheckRun {
  readonly pack: string;
  readonly packVersion: string;
  /** "Today" of the run. */
  readonly date: string;
  /** The data that actions, resources and conditions were judged with. */
  readonly serviceReference: { readonly version: string; readonly date: string };
  /** How many rules ran. */
  readonly rules: number;
  readonly switchedOff: readonly string[];
  readonly onlyWarnings: readonly string[];
  readonly relaxed: readonly RelaxedAgentRule[];
  /** How many agents and agent roles were looked at. */
  readonly agents: number;
  readonly agentRoles: readonly string[];
  /** Findings before acknowledgements. */
  readonly findings: {
    readonly fatal: number;
    readonly error: number;
    readonly warning: number;
    readonly info: number;
  };
  /** What is not counted against anyone. */
  readonly infos: readonly Finding[];
}
