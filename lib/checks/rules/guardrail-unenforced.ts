import type { AppModel } from '../../access/app/app-model';
import type { AppRole } from '../../access/app/app-role';
import type { AppStatement } from '../../access/app/app-statement';
import { servicesIn } from '../../access/app/principals';
import { displayText } from '../../policy/document/text';
import { ActionSet, speaksOf } from '../judging/allowed-actions';
import { fittingGrants } from '../judging/fitting-grants';
import { isRequired } from '../judging/narrowing';
import { listed, shownResources, whereIs } from '../judging/shown';
import { exampleOf, rolesShown } from '../judging/statement-grants';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const MODEL_CALLS = new ActionSet('bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream');
/** Models that take no guardrail: they answer with numbers. */
const NOT_GENERATIVE = /embed|rerank/i;
const GUARDRAIL = /^bedrock:guardrailidentifier$/i;

/** Guardrail not enforced or walked around */
export const GUARDRAIL_UNENFORCED: Rule = {
  name: 'guardrail-unenforced',
  group: 'MDL',
  severity: 'error',
  title: 'An agent may call a generative model without its guardrail.',
  why: 'A guardrail that the code asks for is a habit, not a control: one call without it, by a bug or an injected instruction, and nothing filters what goes in or comes out.',
  fix: 'Give AgentModelGrant the guardrail: it writes the condition bedrock:GuardrailIdentifier. A Bedrock agent takes it as GuardrailConfiguration.',
  frameworks: [
    'OWASP ASI01',
    'CSA MAESTRO L1',
    'CSA MAESTRO L6',
    'AWS AGENTSEC04-BP01',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 ID',
  ],
  *check(app): Iterable<Observation> {
    if (app.ofType('AWS::Bedrock::EnforcedGuardrailConfiguration').length > 0) {
      return;
    }
    for (const resource of app.ofType('AWS::Bedrock::Agent')) {
      if (resource.get('GuardrailConfiguration', 'GuardrailIdentifier').presence !== 'always') {
        yield {
          resource,
          cause: ['GuardrailConfiguration'],
          message: `${resource.title} has no GuardrailConfiguration in every branch.`,
        };
      }
    }
    const roles = app.agentRoles.filter((role) => !isServiceRole(role));
    for (const grant of fittingGrants(app, roles, MODEL_CALLS)) {
      const resources = grant.resources.filter(
        (resource) => !NOT_GENERATIVE.test(displayText(resource)) && !isProfileOfEmbeddings(displayText(resource), app),
      );
      const actions = grant.actions.filter((action) => !grant.roles.every((role) => isDeniedWithout(role, action)));
      if (resources.length > 0 && actions.length > 0 && !asksForGuardrail(grant.statement)) {
        yield {
          resource: grant.statement.holder,
          statements: [grant.statement],
          message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} use ${listed(actions)} on ${shownResources(resources)} without a guardrail.`,
          example: exampleOf({ actions, resources }),
        };
      }
    }
  },
};

/** Bedrock agents and flows make some model calls without the guardrail: the key on their role would break them. */
function isServiceRole({ uses, trust }: AppRole): boolean {
  const types = uses.map(({ resource }) => resource.type);
  const isOwn =
    types.length > 0 &&
    types.every(
      (type) =>
        type === 'AWS::Bedrock::Agent' || type === 'AWS::Bedrock::Flow' || type === 'AWS::Bedrock::KnowledgeBase',
    );
  const services = trust.flatMap(servicesIn);
  return isOwn || (types.length === 0 && services.length > 0 && services.every((service) => service === 'bedrock'));
}

function asksForGuardrail({ statement: { conditions } }: AppStatement): boolean {
  return conditions.some((condition) => GUARDRAIL.test(condition.key) && isRequired(condition, conditions));
}

/** Whether a Deny stops calls with another guardrail or none: a negated operator is met where the key is absent. */
function isDeniedWithout({ statements }: AppRole, action: string): boolean {
  return statements.some((deny) => speaksOf(deny, action) && isGuard(deny));
}

function isGuard({ statement, sure }: AppStatement): boolean {
  return (
    statement.effect === 'Deny' &&
    sure &&
    statement.conditions.length === 1 &&
    statement.conditions.every(
      ({ key, operator, values }) =>
        GUARDRAIL.test(key) &&
        (operator.negated || (operator.family === 'Null' && values.every((value) => displayText(value) === 'true'))),
    )
  );
}

function isProfileOfEmbeddings(resource: string, app: AppModel): boolean {
  const id = /^<(.+)\.(?:Arn|InferenceProfileArn)>$/.exec(resource)?.[1];
  const profile = app.ofType('AWS::Bedrock::ApplicationInferenceProfile').find(({ key }) => key === id);
  return (
    profile
      ?.get('ModelSource', 'CopyFrom')
      .texts()
      .every((model) => NOT_GENERATIVE.test(displayText(model))) === true
  );
}
