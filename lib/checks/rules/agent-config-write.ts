import { AGENT_CONFIGURATION_WRITES } from '../action-sets/agent-configuration-writes';
import { fittingGrants } from '../judging/grants/fitting-grants';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** An agent that can change agents: their prompts, tools, versions or tool policies. */
export const AGENT_CONFIG_WRITE: Rule = {
  name: 'agent-config-write',
  group: 'TAM',
  severity: 'error',
  title: 'An agent role can change the prompts, tools, versions or tool policies of agents.',
  why: 'One injected instruction then becomes permanent: the agent rewrites its own prompt, adds a tool to its gateway or deletes the Cedar policy that held it, and every later session starts from that.',
  fix: 'Take the actions out: agents, prompts, flows, gateways and their policies are changed by the deployment, with a role that is no agent. Calling an agent or a tool needs none of them.',
  frameworks: [
    'OWASP ASI01',
    'OWASP ASI10',
    'OWASP ASI04',
    'CSA MAESTRO L3',
    'NIST SP 800-53 AC-6(1)',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 DE.CM',
  ],
  *check(app): Iterable<Observation> {
    for (const grant of fittingGrants(app, app.agentRoles, AGENT_CONFIGURATION_WRITES)) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} change agents: ${listed(grant.actions)} on ${shownResources(grant.resources)}.`,
        example: exampleOf(grant),
      };
    }
  },
};
