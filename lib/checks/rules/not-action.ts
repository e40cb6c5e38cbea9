import { displayText } from '../../policy/document/text';
import { reachedRoles, statementsReaching } from '../judging/allow-statements';
import { listed, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Allow by exclusion */
export const NOT_ACTION: Rule = {
  name: 'not-action',
  group: 'ACT',
  severity: 'error',
  title: 'A statement of an agent role allows every action but a list.',
  why: 'NotAction with Allow gives everything else in AWS, today and tomorrow: a deny-list of five actions allows more than twenty thousand.',
  fix: 'Turn it round: name the actions that the agent needs, with the grants of ScopedAgentRole. NotAction belongs into a Deny.',
  frameworks: ['OWASP NHI5', 'NIST SP 800-53 AC-6', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    for (const reaching of statementsReaching(app.agentRoles, 'Allow')) {
      const { statement } = reaching;
      const { action } = statement.statement;
      if (action.negated) {
        yield {
          resource: statement.holder,
          statements: [statement],
          message: `${whereIs(statement)} allows ${reachedRoles(reaching)} every action but ${listed(action.patterns.map(displayText))}.`,
          example: `${app.agentRoles.length > 0 ? 'ec2:RunInstances' : ''} on ${displayText(statement.statement.resource?.patterns[0] ?? ['*'])}`,
        };
      }
    }
  },
};
