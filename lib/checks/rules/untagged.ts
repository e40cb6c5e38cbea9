import { taggedAs, tagPresence } from '../judging/agent-tags';
import { listed } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

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
