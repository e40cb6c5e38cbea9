import { text } from '../../policy/document/text';
import { findAction } from '../../policy/reference/service-reference';
import { ActionSet, expansionOf } from '../judging/grants/allowed-actions';
import { fittingGrants } from '../judging/grants/fitting-grants';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const GUARDRAIL_WRITES = new ActionSet(
  // Whatever writes policies, tests and builds of automated reasoning: a guardrail answers by them.
  () => expansionOf(text('bedrock:*AutomatedReasoningPolicy*')).filter((name) => findAction(name)?.level === 'Write'),
  'bedrock:CreateGuardrailVersion',
  'bedrock:DeleteEnforcedGuardrailConfiguration',
  'bedrock:DeleteGuardrail',
  'bedrock:PutEnforcedGuardrailConfiguration',
  'bedrock:UpdateGuardrail',
);

/** Guardrail tampering */
export const GUARDRAIL_TAMPER: Rule = {
  name: 'guardrail-tamper',
  group: 'MDL',
  severity: 'error',
  title: 'An agent role may change the guardrails that hold it.',
  why: 'The first thing that an injected instruction does is to switch off what would stop the second.',
  fix: 'Take the actions out: guardrails are changed by the deployment. AgentModelGrant with a guardrail gives bedrock:ApplyGuardrail and the condition that enforces it.',
  frameworks: ['OWASP ASI10', 'CSA MAESTRO L6', 'NIST SP 800-53 AC-6(1)', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 ID'],
  *check(app): Iterable<Observation> {
    for (const grant of fittingGrants(app, app.agentRoles, GUARDRAIL_WRITES)) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} change guardrails: ${listed(grant.actions)} on ${shownResources(grant.resources)}.`,
        example: exampleOf(grant),
      };
    }
  },
};
