import type { AppStatement } from '../../access/app/app-statement';
import { arnParts } from '../../access/app/arn-parts';
import { displayText, type PolicyText } from '../../policy/document/text';
import { isRequired } from '../judging/conditions/narrowing';
import { fittingGrants } from '../judging/grants/fitting-grants';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { calledModels, isManyModels, MODEL_CALLS } from '../judging/models/called-models';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Keys of which the value names the model, or what stands in front of it. */
const NAMES_THE_MODEL = /^bedrock:(inferenceprofilearn|modelarn|promptrouterarn)$/i;
/** What is AWS's own carries no tags. */
const WITHOUT_TAGS = /^(foundation-model|inference-profile|default-prompt-router)\b/;

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
      const resources = calledModels(app, grant.resources).filter(
        (resource) => isManyModels(app.spelled(resource)) && !isNamedByCondition(grant.statement, resource),
      );
      if (resources.length > 0) {
        yield {
          resource: grant.statement.holder,
          statements: [grant.statement],
          message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} call any model ${shownModels(grant.statement, resources)}: ${listed(grant.actions)}.`,
          example: exampleOf({ actions: grant.actions, resources }),
        };
      }
    }
  },
};

/** Whether a condition leaves of many models those of one profile or router, or those with a tag. */
function isNamedByCondition({ statement: { conditions } }: AppStatement, resource: PolicyText): boolean {
  const hasTags = !WITHOUT_TAGS.test(displayText(arnParts(resource)?.tail ?? []));
  return conditions.some(
    (condition) =>
      isRequired(condition, conditions) &&
      (NAMES_THE_MODEL.test(condition.key)
        ? condition.values.every((value) => !isManyModels(value))
        : hasTags && /^aws:resourcetag\//i.test(condition.key)),
  );
}

function shownModels({ statement: { resource } }: AppStatement, resources: readonly PolicyText[]): string {
  return resource?.negated ? `but ${shownResources(resource.patterns)}` : `of ${shownResources(resources)}`;
}
