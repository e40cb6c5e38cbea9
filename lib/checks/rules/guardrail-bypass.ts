import type { AppRole } from '../../access/app/app-role';
import { literalOf } from '../../policy/document/text';
import { ActionSet } from '../judging/grants/allowed-actions';
import { fittingGrants } from '../judging/grants/fitting-grants';
import { grantsOf } from '../judging/grants/role-grants';
import { exampleOf, rolesShown, type StatementGrant } from '../judging/grants/statement-grants';
import { isStoppedWithout, mentionsGuardrail } from '../judging/models/required-guardrail';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const UNGUARDED_CALLS = new ActionSet('bedrock-mantle:CreateInference');
const GUARDRAIL_USE = new ActionSet('bedrock:ApplyGuardrail');

/** Guardrail not enforced or walked around */
export const GUARDRAIL_BYPASS: Rule = {
  name: 'guardrail-bypass',
  group: 'MDL',
  severity: 'error',
  title: 'An agent that has to use a guardrail may call models where there is none.',
  why: 'The service bedrock-mantle has no guardrail key: the same model answers there without any filter, and the condition on bedrock:InvokeModel is walked around.',
  fix: 'Take bedrock-mantle:CreateInference out, and call the model with the grant that enforces the guardrail (AgentModelGrant).',
  frameworks: [
    'OWASP ASI01',
    'CSA MAESTRO L1',
    'CSA MAESTRO L6',
    'AWS AGENTSEC04-BP01',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 ID',
  ],
  *check(app): Iterable<Observation> {
    const guarded = app.agentRoles.filter((role) => guardrailOf(role) !== undefined);
    for (const given of fittingGrants(app, guarded, UNGUARDED_CALLS)) {
      const grant = { ...given, roles: given.roles.filter((role) => !isStopped(role, given)) };
      if (grant.roles.length === 0) {
        continue;
      }
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} use ${listed(grant.actions)} on ${shownResources(grant.resources)}, where no guardrail can be required: ${grant.roles.map(guardrailOf)[0]}.`,
        example: exampleOf(grant),
      };
    }
  },
};

/** A Deny that is met without the key stops what never has it, and a boundary what it does not allow. */
function isStopped(role: AppRole, { actions, resources }: StatementGrant): boolean {
  return resources.every((resource) => actions.every((action) => isStoppedWithout(role, action, resource)));
}

/** How a role comes to a guardrail, for people; undefined where none is meant for it. */
function guardrailOf({ statements, boundary, uses }: AppRole): string | undefined {
  const bounds = boundary.policies.flatMap((policy) => policy.statements);
  if ([...statements, ...bounds].some(mentionsGuardrail)) {
    return 'for bedrock:InvokeModel its policies ask for one';
  }
  const agent = uses.find(
    ({ resource }) => resource.get('GuardrailConfiguration', 'GuardrailIdentifier').presence !== 'never',
  );
  if (agent !== undefined) {
    return `${agent.resource.title}, which runs with the role, has one`;
  }
  // A wildcard over the service takes the action in, and tells nothing of a guardrail.
  const applies = grantsOf({ statements }, GUARDRAIL_USE).some(({ statement: { statement } }) =>
    statement.action.patterns.some((pattern) => /guardrail/i.test(literalOf(pattern) ?? '')),
  );
  return applies ? 'it may apply one' : undefined;
}
