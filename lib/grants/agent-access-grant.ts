import { Stack, Token } from 'aws-cdk-lib/core';
import { displayText } from '../policy/document/text';
import type { Conditions, ExplicitStatement } from '../roles/declared-statement';
import type { ScopedAgentRole } from '../roles/scoped-agent-role';
import { AgentError } from '../synth/agent-error';
import { tokenText } from '../synth/token-text';
import { AgentGrant, type AgentGrantProps } from './agent-grant';
import { checkExplicitAccess } from './explicit-access';
import { refuseUnguardedCalls } from './guardrail-conflict';

/** Access that is spelled out, for what has no grant of its own yet. */
export interface AgentAccessGrantProps extends AgentGrantProps {
  /** The exact actions, such as `dynamodb:GetItem`. No wildcards. */
  readonly actions: string[];

  /**
   * The exact resources, as ARNs. `*` alone for actions that take no resource.
   *
   * A wildcard within a name is possible where there is no exact name (`table/orders/index/*`). It is yours to defend:
   * the library acknowledges it to no check.
   */
  readonly resources: string[];

  /**
   * Conditions in IAM's form: operator, then key, then value or values. Every action has to supply every key.
   *
   * @default - none
   */
  // biome-ignore lint/suspicious/noExplicitAny: jsii has no type for a value that is a string or a list of strings
  readonly conditions?: { [operator: string]: any };

  /**
   * When the access ends, as a day (`2026-12-31`, its end in UTC) or an instant (`2026-12-31T12:00:00Z`).
   *
   * IAM refuses the access from then on, and synth fails until the grant is removed.
   *
   * @default - the access does not end by itself
   */
  readonly until?: string;
}

/**
 * Lets an agent do exactly what is spelled out, checked against AWS's service reference when it is declared.
 *
 * Write, Tagging and Permissions-management actions need a `purpose`.
 */
export class AgentAccessGrant extends AgentGrant {
  public constructor(agent: ScopedAgentRole, id: string, props: AgentAccessGrantProps) {
    super(agent, id, props);
    const until = props.until === undefined ? undefined : checkedUntil(this, props.until);
    if (props.actions.length === 0 || props.resources.length === 0) {
      throw new AgentError(
        'AgentAccess',
        `actions and resources must each name at least one, got ${props.actions.length} actions and ` +
          `${props.resources.length} resources`,
        this,
      );
    }
    const resources = props.resources.map((resource) => tokenText(resource, this));
    const { actions, problems } = checkExplicitAccess(props.actions, resources, props.conditions ?? {});
    if (problems.length > 0) {
      throw new AgentError('AgentAccess', problems.join('; '), this);
    }
    const levels = actions.map((action) => action.level);
    this._needPurpose(levels, actions.find((action) => !['List', 'Read'].includes(action.level))?.name ?? '');
    const statement: ExplicitStatement = {
      name: '',
      actions: actions.map((action) => action.name),
      resources: props.resources,
      conditions: withEnd((props.conditions ?? {}) as Conditions, until),
    };
    this._declare('AgentAccessGrant', {
      statements: [statement],
      levels,
      notes: this._notes(foreignAccounts(this, props.resources)),
      ...(until === undefined ? {} : { until }),
    });
    if (actions.some((action) => action.name === 'sts:AssumeRole')) {
      for (const role of props.resources) {
        agent._leaveAssumable(role);
      }
    }
    refuseUnguardedCalls(agent);
  }
}

function withEnd(conditions: Conditions, until: string | undefined): Conditions {
  return until === undefined
    ? conditions
    : { ...conditions, DateLessThan: { ...conditions.DateLessThan, 'aws:CurrentTime': until } };
}

function checkedUntil(scope: AgentAccessGrant, until: string): string {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(until) ? `${until}T23:59:59Z` : until;
  const parsed = new Date(instant);
  const wellFormed =
    !Token.isUnresolved(until) && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/.test(instant);
  if (!wellFormed || Number.isNaN(parsed.getTime()) || !parsed.toISOString().startsWith(instant.slice(0, 10))) {
    throw new AgentError(
      'AgentAccessUntil',
      `until must be a day (2026-12-31) or an instant in UTC (2026-12-31T12:00:00Z), got '${until}'`,
      scope,
    );
  }
  return instant;
}

function foreignAccounts(scope: AgentAccessGrant, resources: readonly string[]): string[] {
  const own = Stack.of(scope).account;
  return resources.flatMap((resource) => {
    const shown = displayText(tokenText(resource, scope));
    const account = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(shown)?.[1];
    return account === undefined || Token.isUnresolved(own) || account === own
      ? []
      : [
          `${shown} is in account ${account}: its own resource policy has to name the role of ` +
            `'${scope.agent.agentName}' there too`,
        ];
  });
}
