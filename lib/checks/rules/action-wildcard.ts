import { displayText, literalOf } from '../../policy/document/text';
import type { AccessLevel } from '../../policy/reference/access-level';
import { findAction, serviceReferenceVersion } from '../../policy/reference/service-reference';
import { reachedRoles, statementsReaching } from '../judging/allow-statements';
import { expansionOf } from '../judging/allowed-actions';
import { listed, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** The gravest first. */
const LEVELS: readonly AccessLevel[] = ['Permissions management', 'Write', 'Tagging', 'Read', 'List'];

/** Wildcard in an allowed action */
export const ACTION_WILDCARD: Rule = {
  name: 'action-wildcard',
  group: 'ACT',
  severity: 'error',
  title: 'A statement of an agent role allows actions by a wildcard.',
  why: 'A wildcard gives whatever AWS adds to the service next week, and mostly more today than anybody meant: reading becomes listing every bucket, or deleting.',
  fix: 'Name the actions, one by one. The grants of ScopedAgentRole (AgentStorageGrant, AgentKnowledgeBaseGrant, AgentFunctionGrant ...) write exact actions; AgentAccessGrant takes any other list.',
  frameworks: ['OWASP ASI02', 'OWASP NHI5', 'NIST SP 800-53 AC-6', 'AWS AGENTSEC03-BP03', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    for (const reaching of statementsReaching(app.agentRoles, 'Allow')) {
      const { statement } = reaching;
      const { negated, patterns } = statement.statement.action;
      const wild = negated ? [] : patterns.filter((pattern) => /[*?]/.test(literalOf(pattern) ?? displayText(pattern)));
      if (wild.length === 0) {
        continue;
      }
      const actions = [...new Set(wild.flatMap(expansionOf))];
      const worst = worstOf(actions);
      yield {
        resource: statement.holder,
        statements: [statement],
        message: `${whereIs(statement)} lets ${reachedRoles(reaching)} use ${listed(wild.map(displayText))}: ${expansion(actions, worst)}.`,
        ...(worst === undefined
          ? {}
          : { example: `${worst} on ${resourceOf(statement.statement.resource?.patterns ?? [])}` }),
      };
    }
  },
};

function worstOf(actions: readonly string[]): string | undefined {
  const rank = (name: string): number => LEVELS.indexOf(findAction(name)?.level ?? 'List');
  const [first, ...others] = actions;
  return first && others.reduce((worst, name) => (rank(name) < rank(worst) ? name : worst), first);
}

function expansion(actions: readonly string[], worst: string | undefined): string {
  const { date } = serviceReferenceVersion();
  const level = worst === undefined ? undefined : findAction(worst)?.level;
  const count = actions.length === 1 ? '1 action' : `${actions.length} actions`;
  return worst === undefined
    ? `nothing today, and whatever AWS adds (service reference of ${date.slice(0, 10)})`
    : `${count} in the service reference of ${date.slice(0, 10)}, up to ${level} (${worst})`;
}

function resourceOf([first]: readonly Parameters<typeof displayText>[0][]): string {
  return first === undefined ? '*' : displayText(first);
}
