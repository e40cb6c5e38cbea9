import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Sessions of an agent role that last longer than a task does. */
export const SESSION_TOO_LONG: Rule = {
  name: 'session-too-long',
  group: 'JIT',
  severity: 'warning',
  title: 'Sessions of an agent role can last longer than an hour.',
  why: 'Credentials that an agent leaks or is talked into handing over work until their session ends. Hosts renew them, so a short session costs nothing.',
  fix: 'Leave MaxSessionDuration out (IAM takes 3600 seconds), or set `longestSession` of the checks where a host cannot renew credentials. ScopedAgentRole never sets it higher.',
  frameworks: ['OWASP NHI7', 'NIST SP 800-207 tenet 3', 'AWS AGENTSEC03-BP03', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 RS'],
  *check(app, { longestSession }): Iterable<Observation> {
    for (const { resource, sessionSeconds } of app.agentRoles) {
      // One branch may be known where another is not.
      const known = resource.get('MaxSessionDuration').literals().map(Number);
      const seconds = sessionSeconds ?? known.find((value) => value > longestSession);
      if (seconds === undefined) {
        yield {
          resource,
          severity: 'info',
          message: `How long sessions of ${resource.title} last is not in the template.`,
          undecided: 'MaxSessionDuration is a value without a default',
        };
      } else if (seconds > longestSession) {
        yield {
          resource,
          cause: [String(seconds)],
          message: `Sessions of ${resource.title} can last ${seconds} seconds; ${longestSession} is the longest for an agent.`,
        };
      }
    }
  },
};
