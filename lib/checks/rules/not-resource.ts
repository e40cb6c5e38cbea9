import { displayText } from '../../policy/document/text';
import { statementsReaching } from '../judging/grants/allow-statements';
import { rolesShown } from '../judging/grants/statement-grants';
import { ifEffectIsUnknown } from '../judging/grants/unknown-effect';
import { listed, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Allow by exclusion */
export const NOT_RESOURCE: Rule = {
  name: 'not-resource',
  group: 'ACT',
  severity: 'error',
  title: 'A statement of an agent role allows every resource but a list.',
  why: 'NotResource with Allow gives every resource that is not named, in any account that lets the agent in, and every one that is made later.',
  fix: 'Turn it round: name the resources that the agent needs, with the grants of ScopedAgentRole. NotResource belongs into a Deny.',
  frameworks: ['OWASP NHI5', 'NIST SP 800-53 AC-6', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    for (const reaching of statementsReaching(app.rolesOf('agent', 'knowledge-base'), 'Allow')) {
      const { statement } = reaching;
      const { action, resource } = statement.statement;
      if (resource?.negated) {
        const actions = `${action.negated ? 'every action but ' : ''}${listed(action.patterns.map(displayText))}`;
        yield {
          resource: statement.holder,
          statements: [statement],
          message: `${whereIs(statement)} allows ${rolesShown(reaching)} ${actions} on every resource but ${listed(resource.patterns.map(displayText))}.`,
          ...(action.negated ? {} : { example: `${displayText(action.patterns[0] ?? [])} on any other resource` }),
          ...ifEffectIsUnknown(statement),
        };
      }
    }
  },
};
