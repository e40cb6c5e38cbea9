import type { ScopedAgentRole } from '../roles/scoped-agent-role';
import { AgentError } from '../synth/agent-error';

/** Calls that make model calls of their own, without naming a guardrail. */
const UNGUARDED = ['bedrock:InvokeAgent', 'bedrock:InvokeInlineAgent', 'bedrock:RetrieveAndGenerate'];

/**
 * Fails where an agent's model calls have to name a guardrail and another of its grants makes calls that don't.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html
 */
export function refuseUnguardedCalls(agent: ScopedAgentRole): void {
  const { statements, grants } = agent._workingSet;
  const enforcing = statements.find(({ text }) =>
    text.conditions.some(({ key }) => key.toLowerCase() === 'bedrock:guardrailidentifier'),
  );
  for (const grant of grants) {
    const action = grant.actions.find((own) => UNGUARDED.includes(own));
    if (enforcing !== undefined && action !== undefined) {
      throw new AgentError(
        'AgentGuardrailConflict',
        `grant '${grant.id}' gives ${action}, which calls models without a guardrail, and grant '${enforcing.grantId}' ` +
          'allows model calls with its guardrail alone: the first would be refused; set enforceGuardrail: false on the ' +
          'model grant, or use bedrock:Retrieve and a model call instead',
        agent,
      );
    }
  }
}
