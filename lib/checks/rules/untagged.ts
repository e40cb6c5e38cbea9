import type { AppModel } from '../../access/app/app-model';
import type { AppRole } from '../../access/app/app-role';
import { displayText } from '../../policy/document/text';
import { ActionSet } from '../judging/grants/allowed-actions';
import { actionGrants } from '../judging/grants/judged-grants';
import { taggedAs, tagPresence } from '../judging/identity/agent-tags';
import { listed } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const MODEL_CALLS = new ActionSet('bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream');
/** What agents run in that are known by a tag alone. */
const HOSTS: ReadonlySet<string> = new Set([
  'AWS::ECS::TaskDefinition',
  'AWS::EKS::PodIdentityAssociation',
  'AWS::Lambda::Function',
  'AWS::Serverless::Function',
]);

const TAGS = ['PrincipalType', 'AgentName', 'Owner'];

/** An agent role that does not say whose it is. */
export const UNTAGGED: Rule = {
  name: 'untagged',
  group: 'AUD',
  severity: 'warning',
  title: 'An agent role does not say which agent it is for, or who answers for it.',
  why: 'Policies that keep agents out (`aws:PrincipalTag/PrincipalType`) do not hold for it, and when it does something strange nobody knows whom to ask.',
  fix: 'Tag the role PrincipalType=Agent, AgentName and Owner. ScopedAgentRole does so from `agentName` and `owner`.',
  frameworks: [
    'OWASP NHI1',
    'NIST SP 800-53 AC-6(7)',
    'NIST AI RMF GOVERN',
    'AWS AGENTSEC03-BP04',
    'NIST CSF 2.0 DE.CM',
    'NIST CSF 2.0 GV',
  ],
  *check(app): Iterable<Observation> {
    for (const role of app.roles) {
      const hosts = role.uses.filter(({ resource }) => HOSTS.has(resource.type));
      const calls = role.kinds.size === 0 && hosts.length > 0 ? modelCalls(app, role) : [];
      if (calls.length > 0 && tagPresence(taggedAs(role), 'PrincipalType') === 'never') {
        const names = hosts.map(({ type, resource }) => `${type.label} ${resource.title}`);
        yield {
          resource: role.resource,
          severity: 'info',
          cause: ['looks like an agent'],
          message: `${role.resource.title} calls models (${listed(calls)}) for ${listed(names)}, and no other rule looks at it.`,
          undecided: 'nothing says whether an agent runs there',
          fix: 'Tag the role, or what runs with it, PrincipalType=Agent where the model decides what to call next. Any other PrincipalType says that it is none.',
        };
      }
    }
    for (const role of app.agentRoles) {
      const places = taggedAs(role);
      const missing = TAGS.flatMap((tag) => {
        const presence = tagPresence(places, tag);
        return presence === 'always' ? [] : [presence === 'never' ? tag : `${tag} in one branch`];
      });
      if (missing.length > 0) {
        yield {
          resource: role.resource,
          cause: missing,
          message: `The agent role ${role.resource.title} lacks the tag${missing.length > 1 ? 's' : ''} ${listed(missing)}.`,
          fix: `Tag the role ${listed(missing.map((tag) => tag.replace(' in one branch', '')))}, or make it with ScopedAgentRole, which does so from \`agentName\` and \`owner\`.`,
        };
      }
    }
  },
};

/** The calls of models that answer in words, which a role may make. */
function modelCalls(app: AppModel, role: AppRole): string[] {
  const grants = actionGrants(app, role, MODEL_CALLS).filter(({ resources }) =>
    resources.some((resource) => !/embed|rerank/i.test(displayText(resource))),
  );
  return [...new Set(grants.map(({ action }) => action.name))];
}
