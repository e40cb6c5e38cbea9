import { Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { AccessLevel } from '../policy/reference/access-level';
import { actionsOf } from '../policy/reference/granted-actions';
import type { GrantDeclaration } from '../roles/agent-working-set';
import { ScopedAgentRole } from '../roles/scoped-agent-role';
import { AgentError } from '../synth/agent-error';
import { kindOf } from './exact-arn';

/** What every grant takes. */
export interface AgentGrantProps {
  /**
   * Why the agent needs this, in a sentence. Stands in the contract and in every report.
   *
   * @default - none; grants that write, tag or manage permissions need one
   */
  readonly purpose?: string;
}

/** One need of one agent: what it may do, on what, and why. */
export abstract class AgentGrant extends Construct {
  /** The agent that needs it. */
  public readonly agent: ScopedAgentRole;

  /** Why the agent needs it. */
  public readonly purpose?: string;

  protected constructor(agent: ScopedAgentRole, id: string, props: AgentGrantProps) {
    super(checkedAgent(agent, id), id);
    this.agent = agent;
    if (typeof props !== 'object' || props === null) {
      throw new AgentError('AgentGrantProps', `a grant says what it gives, got ${kindOf(props)} instead`, this);
    }
    this.purpose = checkedPurpose(this, props.purpose);
  }

  /**
   * Puts the grant's statements on the agent's role.
   *
   * @internal
   */
  protected _declare(type: string, declaration: Omit<GrantDeclaration, 'id' | 'type' | 'purpose'>): void {
    const refused = this.agent._definition.refusedGrants[type];
    if (refused !== undefined) {
      throw new AgentError(
        'AgentGrantHost',
        `${type} can't be used on ${this.agent._definition.label}: ${refused}; where you know that your agent needs it, ` +
          'declare the actions with AgentAccessGrant',
        this,
      );
    }
    this.agent._declare({ ...declaration, id: this.node.id, type, purpose: this.purpose });
  }

  /**
   * Fails where a grant that changes something does not say why.
   *
   * @internal
   */
  protected _needPurpose(levels: readonly AccessLevel[], what: string): void {
    const level = levels.find(
      (found) => found === 'Write' || found === 'Tagging' || found === 'Permissions management',
    );
    if (level !== undefined && this.purpose === undefined) {
      throw new AgentError(
        'AgentGrantPurpose',
        `${what} is ${level} access: say in purpose why agent '${this.agent.agentName}' needs it (agents read by default)`,
        this,
      );
    }
  }

  /**
   * Tells the user, and the contract, what has to be done elsewhere or could not be known.
   *
   * @internal
   */
  protected _notes(notes: readonly string[]): readonly string[] {
    for (const note of notes) {
      this.agent._note(`Grant${this.node.id}`, `grant '${this.node.id}' of agent '${this.agent.agentName}': ${note}`);
    }
    return notes;
  }
}

/** The access levels of a need's actions. */
export function levelsOf(need: Parameters<typeof actionsOf>[0]): AccessLevel[] {
  return actionsOf(need).map((row) => row.level);
}

function checkedAgent(agent: unknown, id: string): ScopedAgentRole {
  if (!ScopedAgentRole.isScopedAgentRole(agent)) {
    const error = new Error(
      `«AgentGrantAgent» the first argument of grant '${id}' must be the agent, a ScopedAgentRole, got ` +
        `${Construct.isConstruct(agent) ? `the construct '${agent.node.path}'` : kindOf(agent)}`,
    );
    error.name = 'AgentGrantAgent';
    throw error;
  }
  return agent as ScopedAgentRole;
}

function checkedPurpose(scope: AgentGrant, purpose: unknown): string | undefined {
  if (purpose === undefined || purpose === null) {
    return undefined;
  }
  if (typeof purpose !== 'string' || purpose.trim() === '' || Token.isUnresolved(purpose)) {
    const got = typeof purpose === 'string' && purpose.trim() === '' ? 'an empty text' : kindOf(purpose);
    throw new AgentError('AgentGrantPurpose', `purpose must say why the agent needs this, got ${got}`, scope);
  }
  return purpose;
}
