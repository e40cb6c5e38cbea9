import type { DeclaredStatement } from '../roles/declared-statement';
import type { ScopedAgentRole } from '../roles/scoped-agent-role';
import { AgentError } from '../synth/agent-error';
import { AgentGrant, type AgentGrantProps } from './agent-grant';
import { AgentGuardrail } from './agent-guardrail';
import { AgentModel } from './agent-model';
import { checkSwitches } from './checked-reference';
import { kindOf } from './exact-arn';
import { refuseUnguardedCalls } from './guardrail-conflict';
import type { ModelAccess } from './model-access';

/** Which model an agent calls, and how. */
export interface AgentModelGrantProps extends AgentGrantProps {
  /** The model, and the way it is called. */
  readonly model: AgentModel;

  /**
   * Whether the agent may stream answers (InvokeModelWithResponseStream, ConverseStream).
   *
   * @default true
   */
  readonly streaming?: boolean;

  /**
   * The guardrail version that every call of this model has to name.
   *
   * Gives `bedrock:ApplyGuardrail` on the guardrail, and allows the model for calls that name it alone. The condition
   * stands on the model and on the inference profile; AWS documents it for the model, and does not say whether the
   * profile's check carries the key. Deployed policies use it on both.
   *
   * @default - calls may name any guardrail that the agent may apply, or none
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html
   */
  readonly guardrail?: AgentGuardrail;

  /**
   * Whether calls have to name the guardrail. Not possible on a Bedrock agent, which makes calls of its own without
   * one: there the guardrail is given, and set on the agent resource.
   *
   * @default true, where the host allows it
   */
  readonly enforceGuardrail?: boolean;
}

/** Lets an agent call one model: that model, in those regions, in that way, and with that guardrail. */
export class AgentModelGrant extends AgentGrant {
  public constructor(agent: ScopedAgentRole, id: string, props: AgentModelGrantProps) {
    super(agent, id, props);
    checkSwitches(this, props, 'streaming', 'enforceGuardrail');
    if (!(props.model instanceof AgentModel)) {
      throw this.misfit('model', "AgentModel, such as AgentModel.inferenceProfile('us. ...')", props.model);
    }
    if (props.guardrail !== undefined && !(props.guardrail instanceof AgentGuardrail)) {
      throw this.misfit(
        'guardrail',
        "AgentGuardrail, such as AgentGuardrail.fromGuardrail(guardrail, '1')",
        props.guardrail,
      );
    }
    const enforced = this.enforced(props);
    const model = props.model._access(this);
    const guardrail = props.guardrail?._access(this);
    this._declare('AgentModelGrant', {
      statements: [
        ...this.calls(model, props.streaming !== false, enforced),
        ...(guardrail === undefined
          ? []
          : [{ name: 'Guardrail', needs: ['guardrail.apply'] as const, resources: guardrail.resources }]),
      ],
      notes: this._notes([...model.notes, ...(guardrail?.notes ?? []), ...this.notEnforced(props)]),
    });
    refuseUnguardedCalls(agent, this);
  }

  /** The guardrail that calls have to name; none when they don't have to. */
  private enforced(props: AgentModelGrantProps): AgentGuardrail | undefined {
    const { guardrailNotEnforced, label } = this.agent._definition;
    if (props.enforceGuardrail !== undefined && props.enforceGuardrail !== null && props.guardrail === undefined) {
      throw new AgentError(
        'AgentGuardrailMissing',
        `enforceGuardrail is ${props.enforceGuardrail}, and there is no guardrail; give guardrail, or leave it out`,
        this,
      );
    }
    if (props.enforceGuardrail === true && guardrailNotEnforced !== undefined) {
      throw new AgentError(
        'AgentGrantHost',
        `enforceGuardrail: true is not possible on ${label}: ${guardrailNotEnforced}; leave enforceGuardrail out`,
        this,
      );
    }
    return props.enforceGuardrail === false || guardrailNotEnforced !== undefined ? undefined : props.guardrail;
  }

  private notEnforced({ guardrail, enforceGuardrail }: AgentModelGrantProps): string[] {
    const { guardrailNotEnforced } = this.agent._definition;
    if (guardrail === undefined) {
      return [];
    }
    if (guardrailNotEnforced !== undefined) {
      return [guardrailNotEnforced];
    }
    return enforceGuardrail === false
      ? ['the guardrail is not enforced (enforceGuardrail: false): calls may name another that the agent has, or none']
      : [];
  }

  private misfit(property: string, type: string, value: unknown): AgentError {
    return new AgentError('AgentGrantReference', `${property} must be an ${type}, got ${kindOf(value)}`, this);
  }

  private calls(access: ModelAccess, streaming: boolean, guardrail: AgentGuardrail | undefined): DeclaredStatement[] {
    const needs = streaming ? (['model.invoke', 'model.stream'] as const) : (['model.invoke'] as const);
    const guarded = guardrail === undefined ? {} : { 'bedrock:GuardrailIdentifier': guardrail.identifier };
    const statements: DeclaredStatement[] = [
      {
        name: access.behind.length > 0 ? 'Profile' : 'Model',
        needs,
        resources: access.called,
        conditions: { StringEquals: guarded },
      },
    ];
    if (access.behind.length > 0) {
      const through = access.through.length === 1 ? access.through[0] : access.through;
      statements.push({
        name: 'Model',
        needs,
        resources: access.behind,
        conditions: { StringEquals: { 'bedrock:InferenceProfileArn': through, ...guarded } },
      });
    }
    if (access.lookup !== undefined) {
      statements.push({ name: 'Lookup', needs: [access.lookup], resources: access.called });
    }
    if (this.agent._definition.kind === 'bedrockAgent' && access.readable.length > 0) {
      statements.push({ name: 'ModelLookup', needs: ['model.read'], resources: access.readable });
    }
    return statements;
  }
}
