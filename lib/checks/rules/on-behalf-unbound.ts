import { ON_BEHALF } from '../action-sets/agent-invoke';
import { isRequired } from '../judging/conditions/narrowing';
import { isUnknown, judgedGrants } from '../judging/grants/judged-grants';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** An agent that may act for whatever user it names. */
export const ON_BEHALF_UNBOUND: Rule = {
  name: 'on-behalf-unbound',
  group: 'DEL',
  severity: 'error',
  title: 'An agent may act in the name of any user.',
  why: 'The user is a text that the agent passes: nothing proves that this user asked. An agent that is talked into it reads and does what any other user may, and the log names that user.',
  fix: 'Use GetWorkloadAccessTokenForJWT, which takes the proof that the user signed in, or InvokeAgentRuntime; else ask for bedrock-agentcore:userid with StringEquals. ScopedAgentRole gives none of these actions.',
  frameworks: [
    'OWASP ASI03',
    'OWASP NHI10',
    'CSA MAESTRO L7',
    'AWS AGENTSEC03-BP02',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 ID',
  ],
  *check(app): Iterable<Observation> {
    const unbound = judgedGrants(app, app.agentRoles, ON_BEHALF, ({ statement, resources }) => {
      const { conditions } = statement.statement;
      const isBound = conditions.some(
        (condition) => condition.key.toLowerCase() === 'bedrock-agentcore:userid' && isRequired(condition, conditions),
      );
      return isBound || isUnknown(statement, 'Condition') ? [] : resources;
    });
    for (const grant of unbound) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} act for any user: ${listed(grant.actions)} on ${shownResources(grant.resources)}, without a condition that asks for bedrock-agentcore:userid.`,
        example: `${exampleOf(grant)} for the user "somebody-else"`,
      };
    }
  },
};
