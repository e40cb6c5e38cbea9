import { ActionSet } from '../judging/allowed-actions';
import { fittingGrants } from '../judging/fitting-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import { exampleOf, rolesShown } from '../judging/statement-grants';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const UNGUARDED_CALLS = new ActionSet('bedrock-mantle:CreateInference');
const GUARDRAIL = /^bedrock:guardrailidentifier$/i;

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
    const guarded = app.agentRoles.filter(({ statements }) =>
      statements.some(({ statement }) => statement.conditions.some(({ key }) => GUARDRAIL.test(key))),
    );
    for (const grant of fittingGrants(app, guarded, UNGUARDED_CALLS)) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        message: `${rolesShown(grant)} has to use a guardrail, and ${whereIs(grant.statement)} lets it use ${listed(grant.actions)} on ${shownResources(grant.resources)}, where there is none.`,
        example: exampleOf(grant),
      };
    }
  },
};
