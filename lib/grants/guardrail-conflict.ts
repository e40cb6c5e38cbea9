import { conditionKey, type TextStatement } from '../policy/compare/text-statement';
import { textKey } from '../policy/document/text';
import type { OwnStatement } from '../roles/agent-working-set';
import type { ScopedAgentRole } from '../roles/scoped-agent-role';
import { AgentError } from '../synth/agent-error';
import { shownText } from '../synth/shown-text';
import type { AgentGrant } from './agent-grant';

/** Calls that make model calls of their own, without naming a guardrail. */
const UNGUARDED = ['bedrock:InvokeAgent', 'bedrock:InvokeInlineAgent', 'bedrock:RetrieveAndGenerate'];

const GUARDRAIL_KEY = 'bedrock:guardrailidentifier';

/**
 * Fails where an agent's model calls have to name a guardrail and another of its grants makes calls that don't, or
 * allows the same calls without it.
 *
 * @param added the grant that was declared last.
 * @throws `AgentGuardrailConflict` with both grants.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html
 */
export function refuseUnguardedCalls(agent: ScopedAgentRole, added: AgentGrant): void {
  const { statements, grants } = agent._workingSet;
  const enforcing = statements.filter(({ text }) => namesGuardrail(text));
  const [first] = enforcing;
  for (const grant of first === undefined ? [] : grants) {
    const action = grant.actions.find((own) => UNGUARDED.includes(own));
    if (first !== undefined && action !== undefined) {
      throw new AgentError(
        'AgentGuardrailConflict',
        `grant '${grant.id}' gives ${action}, which calls models without a guardrail, and grant '${first.grantId}' ` +
          'allows model calls with its guardrail alone: the first would be refused; set enforceGuardrail: false on the ' +
          'model grant, or use bedrock:Retrieve and a model call instead',
        added,
      );
    }
  }
  for (const guarded of enforcing) {
    const bypass = statements.find((other) => !namesGuardrail(other.text) && allowsTheSame(other, guarded));
    if (bypass !== undefined) {
      const resource = guarded.text.resources?.find((own) => has(bypass.text.resources, own));
      throw new AgentError(
        'AgentGuardrailConflict',
        `grant '${bypass.grantId}' allows calls of ${resource ? shownText(resource) : 'the model'} without a guardrail, ` +
          `and grant '${guarded.grantId}' with its guardrail alone: the guardrail would not be enforced; give both the ` +
          'guardrail, or remove one',
        added,
      );
    }
  }
}

function namesGuardrail(statement: TextStatement): boolean {
  return statement.conditions.some(({ key }) => key.toLowerCase() === GUARDRAIL_KEY);
}

/** Whether a statement allows a call that another allows, with no condition that the other does not have. */
function allowsTheSame({ text: one }: OwnStatement, { text: other }: OwnStatement): boolean {
  const conditions = new Set(other.conditions.map(conditionKey));
  return (
    one.conditions.every((condition) => conditions.has(conditionKey(condition))) &&
    (one.actions ?? []).some((action) => has(other.actions, action)) &&
    (one.resources ?? []).some((resource) => has(other.resources, resource))
  );
}

function has(texts: TextStatement['resources'], wanted: NonNullable<TextStatement['resources']>[number]): boolean {
  return texts?.some((text) => textKey(text) === textKey(wanted)) ?? false;
}
