import { arnParts } from '../../access/app/arn-parts';
import { displayText, type PolicyText } from '../../policy/document/text';
import { ActionSet } from '../judging/allowed-actions';
import { fittingGrants } from '../judging/fitting-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import { exampleOf, rolesShown } from '../judging/statement-grants';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const MODEL_CALLS = new ActionSet('bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream');

/** Model allow-list */
export const MODEL_WILDCARD: Rule = {
  name: 'model-wildcard',
  group: 'MDL',
  severity: 'error',
  title: 'An agent role may call models that nobody chose for it.',
  why: 'The dearest model, one without the agreed terms, or a custom model of another team: who pays and what the agent is capable of is decided by whoever writes the prompt.',
  fix: 'Name the model: AgentModelGrant takes a foundation model or an inference profile, and writes the ARNs of the regions that the profile really uses.',
  frameworks: [
    'OWASP ASI02',
    'OWASP ASI08',
    'CSA MAESTRO L1',
    'AWS GENSEC05-BP01',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 ID',
  ],
  *check(app): Iterable<Observation> {
    for (const grant of fittingGrants(app, app.agentRoles, MODEL_CALLS)) {
      const resources = grant.resources.filter(isManyModels);
      if (resources.length > 0) {
        yield {
          resource: grant.statement.holder,
          statements: [grant.statement],
          message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} call any model of ${shownResources(resources)}: ${listed(grant.actions)}.`,
          example: exampleOf({ actions: grant.actions, resources }),
        };
      }
    }
  },
};

/** Whether a wildcard stands where the model, or the profile, should be named. Regions have a rule of their own. */
function isManyModels(resource: PolicyText): boolean {
  const parts = arnParts(resource);
  return /[*?]/.test(displayText(parts === undefined ? resource : (parts.tail ?? ['*'])));
}
