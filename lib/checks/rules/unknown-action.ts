import type { AppStatement } from '../../access/app/app-statement';
import { literalOf } from '../../policy/document/text';
import { actionsLike, serviceReferenceVersion, suggestAction } from '../../policy/reference/service-reference';
import { statementsReaching } from '../judging/grants/allow-statements';
import { rolesShown } from '../judging/grants/statement-grants';
import { onceForStatement } from '../judging/once-for-statement';
import { listed, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Action that does not exist */
export const UNKNOWN_ACTION: Rule = {
  name: 'unknown-action',
  group: 'ACT',
  severity: 'warning',
  title: 'A statement of an agent role names an action that does not exist.',
  why: 'Names of API calls and of clients (bedrock:Converse, bedrock-agent-runtime:Retrieve) are no IAM actions: the statement gives nothing, the agent fails in production, and somebody adds a wildcard to make it work.',
  fix: 'Write the action that the service authorization reference has. The grants of ScopedAgentRole know the right names.',
  frameworks: ['OWASP NHI5', 'NIST AI RMF MEASURE', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    for (const statement of new Set(app.agentRoles.flatMap(({ trust }) => trust))) {
      if (statement.statement.effect === 'Allow') {
        yield* unknownNames(statement);
      }
    }
    for (const reaching of statementsReaching(app.agentRoles, 'Allow')) {
      const { statement } = reaching;
      yield* unknownNames(statement);
      const open = statement.unknown.filter(({ element }) => element !== 'Principal');
      if (open.length > 0) {
        yield {
          resource: statement.holder,
          severity: 'warning',
          statements: [statement],
          cause: open.map(({ element }) => element),
          message: `What ${whereIs(statement)} allows ${rolesShown(reaching)} is not in the template.`,
          undecided: open.map(({ element, shown }) => `its ${element} is ${shown}`).join(', '),
          fix: 'Write the value into the template, give the parameter a default, or use the grants of ScopedAgentRole.',
        };
      }
    }
  },
};

function* unknownNames(statement: AppStatement): Generator<Observation> {
  const unknown = unknownIn(statement);
  if (unknown.length > 0) {
    const { version, date } = serviceReferenceVersion();
    const shown = unknown.map((name) => {
      // Without a service there is nothing to be near to.
      const near = /[*?]/.test(name) || !name.includes(':') ? undefined : suggestAction(name);
      return near === undefined ? name : `${name} (did you mean ${near}?)`;
    });
    yield {
      resource: statement.holder,
      statements: [statement],
      message: `${whereIs(statement)} names ${listed(shown)}, which the service reference of ${date.slice(0, 10)} (${version}) does not have.`,
    };
  }
}

const unknownIn = onceForStatement(({ action }): readonly string[] =>
  action.patterns
    .flatMap((pattern) => literalOf(pattern) ?? [])
    .filter((name) => name !== '' && actionsLike([name]).length === 0),
);
