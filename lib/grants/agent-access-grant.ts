import { Token } from 'aws-cdk-lib/core';
import type { Conditions, ExplicitStatement } from '../roles/declared-statement';
import type { ScopedAgentRole } from '../roles/scoped-agent-role';
import { AgentError } from '../synth/agent-error';
import { shownText } from '../synth/shown-text';
import { tokenText } from '../synth/token-text';
import { AgentGrant, type AgentGrantProps } from './agent-grant';
import { kindOf } from './exact-arn';
import { checkExplicitAccess } from './explicit-access';
import { refuseUnguardedCalls } from './guardrail-conflict';
import { otherAccountIn } from './other-account';

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
   * `ForAllValues:...` is also met by requests that carry no such key, so it needs `Null: { key: 'false' }` beside it.
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
    const names = strings(this, 'actions', props.actions);
    const resources = strings(this, 'resources', props.resources);
    const texts = resources.map((resource) => tokenText(resource, this));
    const { actions, problems, notes } = checkExplicitAccess(names, texts, props.conditions ?? {}, until !== undefined);
    if (problems.length > 0) {
      throw new AgentError('AgentAccess', problems.join('; '), this);
    }
    const levels = actions.map((action) => action.level);
    this._needPurpose(levels, actions.find((action) => !['List', 'Read'].includes(action.level))?.name ?? '');
    const statement: ExplicitStatement = {
      name: '',
      actions: actions.map((action) => action.name),
      resources,
      conditions: withEnd((props.conditions ?? {}) as Conditions, until),
    };
    this._declare('AgentAccessGrant', {
      statements: [statement],
      levels,
      notes: this._notes([...notes, ...foreignAccounts(this, resources)]),
      ...(until === undefined ? {} : { until }),
    });
    if (actions.some((action) => action.name === 'sts:AssumeRole')) {
      for (const role of resources) {
        agent._leaveAssumable(role);
      }
    }
    refuseUnguardedCalls(agent, this);
  }
}

/** A list of texts, each once. */
function strings(scope: AgentAccessGrant, property: string, values: unknown): string[] {
  const wrong = Array.isArray(values) ? values.filter((value) => typeof value !== 'string' || value === '') : [values];
  if (!Array.isArray(values) || values.length === 0 || wrong.length > 0) {
    const got =
      values !== undefined && Array.isArray(values) && values.length > 0 ? `${kindOf(wrong[0])} in it` : kindOf(values);
    throw new AgentError('AgentAccess', `${property} must be a list of at least one text, got ${got}`, scope);
  }
  return [...new Set<string>(values)];
}

function withEnd(conditions: Conditions, until: string | undefined): Conditions {
  return until === undefined
    ? conditions
    : { ...conditions, DateLessThan: { ...conditions.DateLessThan, 'aws:CurrentTime': until } };
}

function checkedUntil(scope: AgentAccessGrant, until: unknown): string {
  const written = typeof until === 'string' && !Token.isUnresolved(until) ? until : '';
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(written) ? `${written}T23:59:59Z` : written;
  const wellFormed = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/.test(instant);
  const time = wellFormed ? new Date(instant) : undefined;
  if (time === undefined || Number.isNaN(time.getTime()) || !time.toISOString().startsWith(instant.slice(0, 10))) {
    throw new AgentError(
      'AgentAccessUntil',
      `until must be a day (2026-12-31) or an instant in UTC (2026-12-31T12:00:00Z), got ${kindOf(until)}`,
      scope,
    );
  }
  return instant;
}

function foreignAccounts(scope: AgentAccessGrant, resources: readonly string[]): string[] {
  return resources.flatMap((resource) => {
    const account = otherAccountIn(resource, scope);
    return account === undefined
      ? []
      : [
          `${shownText(tokenText(resource, scope))} is in account ${account}: its own resource policy (a role's trust ` +
            `policy) has to name the role of '${scope.agent.agentName}' there too`,
        ];
  });
}
