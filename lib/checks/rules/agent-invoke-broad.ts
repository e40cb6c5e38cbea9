import { arnParts } from '../../access/app/arn-parts';
import { displayText, type PolicyText } from '../../policy/document/text';
import { AGENT_INVOKE } from '../action-sets/agent-invoke';
import { hasNarrowingCondition } from '../judging/conditions/narrowing';
import { isBroad, isUnknown, judgedGrants } from '../judging/grants/judged-grants';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** An agent that may call any agent. */
export const AGENT_INVOKE_BROAD: Rule = {
  name: 'agent-invoke-broad',
  group: 'DEL',
  severity: 'error',
  title: 'An agent may call every agent, flow, harness or gateway, not only those that its task needs.',
  why: 'What one agent is talked into, it can then ask of any other agent, with the rights of that one; also of agents that are added later. Nobody can say how far one bad prompt reaches.',
  fix: 'Name the aliases, runtimes, harnesses and gateways with AgentAccessGrant: `resources: [alias.attrAgentAliasArn]`, or the runtime and its `/runtime-endpoint/*`. InvokeInlineAgent takes no resource: ask for bedrock:InlineAgentName.',
  frameworks: [
    'OWASP ASI07',
    'OWASP ASI08',
    'CSA MAESTRO L7',
    'AWS AGENTSEC06-BP03',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 ID',
  ],
  *check(app): Iterable<Observation> {
    const broad = judgedGrants(app, app.agentRoles, AGENT_INVOKE, ({ statement, action, resources }) => {
      if (isUnknown(statement, 'Condition') || hasNarrowingCondition(statement)) {
        return [];
      }
      return action.resourceTypes.length === 0
        ? resources
        : resources.filter((resource) => isBroad(resource, action) || isOfAnyAgent(resource));
    });
    for (const grant of broad) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} call any agent: ${listed(grant.actions)} on ${shownResources(grant.resources)}.`,
        example: exampleOf(grant),
      };
    }
  },
};

/** Whether a resource is one alias or endpoint of any agent: every runtime has an endpoint that is called DEFAULT. */
function isOfAnyAgent(resource: PolicyText): boolean {
  return /^(agent-alias|flow|harness|runtime)\/[*?]+\//.test(displayText(arnParts(resource)?.tail ?? []));
}
