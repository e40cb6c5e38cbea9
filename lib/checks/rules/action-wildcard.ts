import { displayText, literalOf, type PolicyText, textKey } from '../../policy/document/text';
import type { AccessLevel } from '../../policy/reference/access-level';
import { findAction, serviceReferenceVersion } from '../../policy/reference/service-reference';
import { statementsReaching } from '../judging/grants/allow-statements';
import { expansionOf } from '../judging/grants/allowed-actions';
import { exampleRequest } from '../judging/grants/example-request';
import { rolesShown } from '../judging/grants/statement-grants';
import { ifEffectIsUnknown } from '../judging/grants/unknown-effect';
import { onceForStatement } from '../judging/once-for-statement';
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
      const wide = wildcardsOf(statement);
      if (wide === undefined) {
        continue;
      }
      const { wild, graver, meaning } = wide;
      const example = exampleRequest(statement, graver, app);
      yield {
        resource: statement.holder,
        statements: [statement],
        message: `${whereIs(statement)} lets ${rolesShown(reaching)} use ${listed(wild.map(displayText))}: ${meaning}.`,
        ...ifEffectIsUnknown(statement),
        ...(example === undefined ? {} : { example }),
      };
    }
  },
};

const ONLY_DEPLOYMENT_KNOWS = 'which actions these are only the deployment knows';

/** The wildcards of a statement, and what they mean today. */
interface Wildcards {
  readonly wild: readonly PolicyText[];
  /** The actions that they take in, the gravest first. */
  readonly graver: readonly string[];
  readonly meaning: string;
}

/** The same few lists of actions stand in most policies of an app. */
const known = new Map<string, Wildcards>();
const MOST_KEPT = 5000;

const wildcardsOf = onceForStatement(({ action: { negated, patterns } }): Wildcards | undefined => {
  const wild = negated ? [] : patterns.filter(hasWildcard);
  if (wild.length === 0) {
    return undefined;
  }
  const key = wild.map(textKey).join(' ');
  let found = known.get(key);
  if (found === undefined) {
    const actions = [...new Set(wild.flatMap(expansionOf))];
    const graver = byLevel(actions);
    const [worst] = graver;
    // A part that is not in the template cannot be looked up.
    const isOpen = wild.some((pattern) => literalOf(pattern) === undefined);
    const meaning = isOpen && worst === undefined ? ONLY_DEPLOYMENT_KNOWS : expansion(actions, worst);
    found = { wild, graver, meaning };
    if (known.size < MOST_KEPT) {
      known.set(key, found);
    }
  }
  return found;
});

function hasWildcard(pattern: PolicyText): boolean {
  return pattern.some((part) => typeof part === 'string' && /[*?]/.test(part));
}

/** The gravest first, those of one level as they come. */
function byLevel(actions: readonly string[]): readonly string[] {
  const levels = new Map<AccessLevel | undefined, string[]>(LEVELS.map((level) => [level, []]));
  for (const name of actions) {
    levels.get(findAction(name)?.level)?.push(name);
  }
  return [...levels.values()].flat();
}

function expansion(actions: readonly string[], worst: string | undefined): string {
  const { date } = serviceReferenceVersion();
  const level = worst === undefined ? undefined : findAction(worst)?.level;
  const count = actions.length === 1 ? '1 action' : `${actions.length} actions`;
  return worst === undefined
    ? `nothing today, and whatever AWS adds (service reference of ${date.slice(0, 10)})`
    : `${count} in the service reference of ${date.slice(0, 10)}, up to ${level} (${worst})`;
}
