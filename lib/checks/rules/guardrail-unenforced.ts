import type { AppModel } from '../../access/app/app-model';
import type { AppRole } from '../../access/app/app-role';
import { servicesIn } from '../../access/app/principals';
import { literalOf, type PolicyText } from '../../policy/document/text';
import { fittingGrants } from '../judging/grants/fitting-grants';
import { grantsOf } from '../judging/grants/role-grants';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { calledModels, isGenerative, isProfile, MODEL_CALLS } from '../judging/models/called-models';
import { isGuardedByAccount } from '../judging/models/enforced-guardrail';
import { asksForGuardrail, isStoppedWithout } from '../judging/models/required-guardrail';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Services that call models themselves, and have no place for a guardrail in these calls. */
const SERVICE_CALLS: ReadonlySet<string> = new Set([
  'AWS::Bedrock::Agent',
  'AWS::Bedrock::Flow',
  'AWS::Bedrock::KnowledgeBase',
  'AWS::BedrockAgentCore::Memory',
  'AWS::BedrockAgentCore::OnlineEvaluationConfig',
]);

/** What is wrong with the GuardrailIdentifier of a Bedrock agent, by whether it is there. */
const MISSING = {
  never: 'no GuardrailConfiguration names one',
  sometimes: 'its GuardrailConfiguration names one in some branches only',
  always: 'its GuardrailConfiguration names none',
};

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
    for (const resource of app.ofType('AWS::Bedrock::Agent')) {
      const identifier = resource.get('GuardrailConfiguration', 'GuardrailIdentifier');
      const isNamed = identifier.presence === 'always' && !identifier.texts().some((text) => literalOf(text) === '');
      const [model = []] = resource.get('FoundationModel').texts();
      if (!isNamed && !isGuardedByAccount(app, model, resource)) {
        yield {
          resource,
          cause: ['GuardrailConfiguration'],
          message: `${resource.title} answers without a guardrail: ${MISSING[identifier.presence]}.`,
        };
      }
    }
    const roles = app.agentRoles.filter((role) => !isServiceRole(role));
    for (const grant of fittingGrants(app, roles, MODEL_CALLS)) {
      if (asksForGuardrail(grant.statement)) {
        continue;
      }
      const models = calledModels(app, grant.resources).filter(
        (model) => isGenerative(app, model) && !isGuardedByAccount(app, model, grant.statement.holder),
      );
      const isOpen = (role: AppRole, action: string, model: PolicyText): boolean =>
        !isStoppedWithout(role, action, model) && !isHeldBehind(app, role, action, model);
      const open = grant.roles.flatMap((role) =>
        grant.actions.flatMap((action) =>
          models.filter((model) => isOpen(role, action, model)).map((model) => ({ role, action, model })),
        ),
      );
      const left = {
        ...grant,
        roles: [...new Set(open.map(({ role }) => role))],
        actions: [...new Set(open.map(({ action }) => action))],
        resources: [...new Set(open.map(({ model }) => model))],
      };
      if (open.length > 0) {
        yield {
          resource: grant.statement.holder,
          statements: [grant.statement],
          message: `${whereIs(grant.statement)} lets ${rolesShown(left)} use ${listed(left.actions)} on ${shownResources(left.resources)} without requiring a guardrail by its ARN.`,
          example: exampleOf(left),
        };
      }
    }
  },
};

/** Whether a model is a profile, and the role may call the foundation models behind it with the guardrail. */
function isHeldBehind(app: AppModel, role: AppRole, action: string, model: PolicyText): boolean {
  return (
    isProfile(app, model) &&
    grantsOf(role, MODEL_CALLS).some(
      ({ statement, actions, resources }) =>
        actions.includes(action) &&
        resources.some(
          (resource) =>
            !isProfile(app, resource) &&
            isGenerative(app, resource) &&
            (asksForGuardrail(statement) || isStoppedWithout(role, action, resource)),
        ),
    )
  );
}

/** Some or all calls of these services carry no guardrail: the key on their role would break them. */
function isServiceRole({ uses, trust }: AppRole): boolean {
  const types = uses.map(({ resource }) => resource.type);
  const isOwn = types.length > 0 && types.every((type) => SERVICE_CALLS.has(type));
  const services = trust.flatMap(servicesIn);
  return isOwn || (types.length === 0 && services.length > 0 && services.every((service) => service === 'bedrock'));
}
