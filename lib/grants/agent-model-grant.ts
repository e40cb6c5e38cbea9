import type { DeclaredStatement } from '../roles/declared-statement';
import type { ScopedAgentRole } from '../roles/scoped-agent-role';
import { AgentGrant, type AgentGrantProps } from './agent-grant';
import type { AgentGuardrail } from './agent-guardrail';
import type { AgentModel } from './agent-model';
import { refuseUnguardedCalls } from './guardrail-conflict';

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
    const { guardrailNotEnforced } = agent._definition;
    const { guardrail } = props;
    const enforced = guardrail !== undefined && props.enforceGuardrail !== false && guardrailNotEnforced === undefined;
    const notes = [
      ...props.model._access(this).notes,
      ...(guardrail === undefined || guardrailNotEnforced === undefined ? [] : [guardrailNotEnforced]),
    ];
    this._declare('AgentModelGrant', {
      statements: [
        ...this.calls(props, enforced ? guardrail : undefined),
        ...(guardrail === undefined
          ? []
          : [{ name: 'Guardrail', needs: ['guardrail.apply'] as const, resources: guardrail._appliedOn(this) }]),
      ],
      notes: this._notes(notes),
    });
    refuseUnguardedCalls(agent);
  }

  private calls(props: AgentModelGrantProps, guardrail: AgentGuardrail | undefined): DeclaredStatement[] {
    const access = props.model._access(this);
    const needs = props.streaming === false ? (['model.invoke'] as const) : (['model.invoke', 'model.stream'] as const);
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
