import type { AppModel } from '../../access/app/app-model';
import type { AppStatement } from '../../access/app/app-statement';
import { humanPrincipals } from '../../access/app/principals';
import { letsAssume } from '../judging/identity/trusted-callers';
import { listed, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Humans can become the agent. */
export const TRUST_HUMAN: Rule = {
  name: 'trust-human',
  group: 'HUM',
  severity: 'error',
  title: 'People may become the agent.',
  why: 'What they do with the role stands in the log as done by the agent, past the reviews and the limits that people have. Their access and its access grow together.',
  fix: 'Trust the service that runs the agent and nothing else. People who have to see what it does get a role of their own that reads its logs.',
  frameworks: [
    'OWASP NHI10',
    'OWASP ASI03',
    'AWS AGENTSEC03-BP02',
    'NIST AI RMF GOVERN',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 GV',
  ],
  *check(app): Iterable<Observation> {
    for (const { resource, trust } of app.agentRoles) {
      for (const given of trust.filter((statement) => letsAssume(statement))) {
        const people = [...humanPrincipals(given, app), ...rolesOfPeople(given, resource, app)];
        if (people.length > 0) {
          yield {
            resource,
            statements: [given],
            message: `${whereIs(given)} lets people assume the role: ${listed([...new Set(people)])}.`,
            example: `${letsAssume(given, 'sts:AssumeRole') ? 'sts:AssumeRole' : 'sts:AssumeRoleWithSAML'} by ${people[0]}`,
          };
        }
      }
    }
  },
};

/** The roles of the app that people assume, and that an Allow names. */
function rolesOfPeople({ statement }: AppStatement, self: AppStatement['holder'], app: AppModel): string[] {
  const { principal } = statement;
  const arns = [
    ...(principal === undefined || principal.negated
      ? []
      : principal.entries.filter(({ type }) => type === 'AWS').map(({ id }) => id)),
    ...statement.conditions
      .filter(({ key, operator }) => key.toLowerCase() === 'aws:principalarn' && !operator.negated)
      .flatMap(({ values }) => values),
  ];
  return arns.flatMap((arn) => {
    const role = app.roleOf(arn, self);
    return role !== undefined && role.resource !== self && role.kinds.has('human')
      ? [`the role ${role.resource.title}, which people assume`]
      : [];
  });
}
