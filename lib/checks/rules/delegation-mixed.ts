import type { AppModel } from '../../access/app/app-model';
import type { AppRole } from '../../access/app/app-role';
import type { AppStatement } from '../../access/app/app-statement';
import type { DelegationNode } from '../../access/app/delegation-graph';
import { AGENT_INVOKE } from '../action-sets/agent-invoke';
import { ActionSet } from '../judging/grants/allowed-actions';
import { actionGrants } from '../judging/grants/judged-grants';
import { businessWrites } from '../judging/reach/business-writes';
import { delegationOf } from '../judging/reach/delegation';
import { listed } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** A gateway calls tools, and they are no agents. */
const TOOLS = new ActionSet('bedrock-agentcore:InvokeGateway');
const SECRETS = new ActionSet(
  'bedrock-agentcore:GetResourceApiKey',
  'secretsmanager:BatchGetSecretValue',
  'secretsmanager:GetSecretValue',
);

/** A role that leads other agents and does the work too. */
export const DELEGATION_MIXED: Rule = {
  name: 'delegation-mixed',
  group: 'DEL',
  severity: 'warning',
  title: 'One role hands work to other agents, and writes business data or reads secrets itself.',
  why: 'An answer of another agent can tell the leading one what to write, or ask it for a secret. A leading agent that holds no rights but those to call others has nothing to lose.',
  fix: 'Give the writing, or the secret, to an agent of its own with a ScopedAgentRole of its own, and let the leading one call it.',
  frameworks: [
    'OWASP ASI07',
    'OWASP ASI08',
    'CSA MAESTRO L7',
    'AWS AGENTSEC06-BP03',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 ID',
  ],
  *check(app, settings): Iterable<Observation> {
    for (const role of app.agentRoles) {
      const calls = delegations(role, app);
      const secrets = calls.shown.length === 0 ? [] : actionGrants(app, role, SECRETS);
      const writes = calls.shown.length === 0 ? [] : businessWrites(app, role, settings);
      if (secrets.length > 0 || writes.length > 0) {
        const read = secrets.map(({ action }) => action.name);
        const written = writes.flatMap(({ actions }) => actions);
        yield {
          resource: role.resource,
          statements: [...new Set([...calls.statements, ...[...secrets, ...writes].map(({ statement }) => statement)])],
          message: `${role.resource.title} hands work to other agents (${listed(calls.shown)}) and ${[
            ...(written.length > 0 ? [`writes (${listed([...new Set(written)])})`] : []),
            ...(read.length > 0 ? [`reads secrets (${listed([...new Set(read)])})`] : []),
          ].join(' and ')}.`,
        };
      }
    }
  },
};

/** How a role hands work to other agents, of the app or not. */
function delegations(role: AppRole, app: AppModel): { shown: string[]; statements: AppStatement[] } {
  const grants = actionGrants(app, role, AGENT_INVOKE).filter(({ action }) => !TOOLS.has(action.name));
  const graph = delegationOf(app);
  const agents = graph.nodesWith(role);
  const edges = agents
    .flatMap((node) => graph.from(node))
    .filter(({ from, to, exact, via }) => from !== to && exact && !TOOLS.has(via) && !isGateway(to));
  return {
    shown: [
      ...new Set([
        ...grants.map(({ action }) => action.name),
        ...edges.map(({ via }) => via),
        // Collaborators of other apps are no nodes of the graph.
        ...(agents.some(hasCollaborators) ? ['AgentCollaborators'] : []),
      ]),
    ],
    statements: [
      ...grants.map(({ statement }) => statement),
      ...edges.flatMap(({ statement }): AppStatement[] => (statement ? [statement] : [])),
    ],
  };
}

function isGateway({ resource }: DelegationNode): boolean {
  return resource.type === 'AWS::BedrockAgentCore::Gateway';
}

function hasCollaborators({ resource }: DelegationNode): boolean {
  return resource.type === 'AWS::Bedrock::Agent' && resource.get('AgentCollaborators').items().length > 0;
}
