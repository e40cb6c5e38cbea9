import { Stack } from 'aws-cdk-lib/core';
import type { TextCondition } from '../../policy/compare/text-statement';
import { literalOf, type PolicyText } from '../../policy/document/text';
import { compileGlob, globTokens, matchesGlob } from '../../policy/match/glob';
import { finding } from '../../synth/agent-error';
import { knownAtoms } from '../../synth/known-atoms';
import { shownText } from '../../synth/shown-text';
import type { IndexedResource, StageIndex } from '../../synth/stage-index';
import { isLiterally, type ReadableStatement, type ReadStatement } from '../../synth/statement-text';
import { attributeOf, attributeText } from '../../synth/token-text';
import type { SealedAgent } from '../sealed-agent';
import { attachesToRoles, type ReachingStatement } from './attached-policies';
import { takeApart } from './policies-in';
import type { RoleSpelling } from './role-spelling';

/**
 * The statements of policies on resources of the app (keys, buckets, queues, secrets, other roles) that allow the agent
 * something, each with the resource that it speaks of.
 */
export function resourceStatements(agent: SealedAgent, index: StageIndex, spelling: RoleSpelling): ReachingStatement[] {
  const naming = new Set([...spelling.candidates()].filter((resource) => !attachesToRoles(resource)));
  const asking = index.aboutCallers().filter((resource) => !naming.has(resource) && !attachesToRoles(resource));
  return [
    ...[...naming].map((resource) => ({ resource, entries: statementsOf(resource, index, spelling) })),
    // What can't be read there speaks of the agent no more than any other policy.
    ...asking.map((resource) => ({
      resource,
      entries: statementsOf(resource, index, spelling).filter((entry) => !('unreadable' in entry)),
    })),
  ].flatMap(({ resource, entries }) =>
    entries
      .filter((entry) => 'unreadable' in entry || isForAgent(agent, index, spelling, entry))
      .map((entry) => ({ resource, entry: onItself(entry, resource, (value) => index.text(value, resource.stack)) })),
  );
}

/** What policies on resources of the app give the agent beyond its grants. */
export function resourcePolicies(
  agent: SealedAgent,
  index: StageIndex,
  statements: readonly ReachingStatement[],
): string[] {
  return statements.flatMap(({ resource, entry }) =>
    excess(agent, index, entry).map((what) =>
      finding(
        'AgentResourcePolicy',
        `the policy of ${resource.path} gives agent '${agent.agentName}' what none of its grants declares: ${what}; ` +
          'take the agent out of that policy, and declare the need with a grant',
      ),
    ),
  );
}

function statementsOf(resource: IndexedResource, index: StageIndex, spelling: RoleSpelling): ReadStatement[] {
  const { statements } = takeApart(resource, index, (value) => spelling.pointsTo(value));
  return [...statements, ...permission(resource, (value) => index.text(value, resource.stack))];
}

function excess(agent: SealedAgent, index: StageIndex, entry: ReadStatement): string[] {
  if ('unreadable' in entry) {
    return [`a statement that can't be judged: ${entry.unreadable}`];
  }
  const coverage = agent._workingSet.covering.coverage(entry.statement, knownAtoms(index));
  return coverage.undecided === undefined
    ? coverage.uncovered.map(({ action, resource: asked }) => `${shownText(action)} on ${shownText(asked)}`)
    : [coverage.undecided];
}

/** Whether a statement allows the agent something, and not only everybody. */
function isForAgent(
  agent: SealedAgent,
  index: StageIndex,
  spelling: RoleSpelling,
  { statement, principals }: ReadableStatement,
): boolean {
  return (
    statement.effect === 'Allow' &&
    (principals.some((principal) => spelling.names(principal)) ||
      (principals.length > 0 && isNamedIn(statement.conditions, spelling)) ||
      (principals.some((principal) => mayBeAnybody(principal, index)) &&
        isDescribed(agent, index, statement.conditions, spelling)))
  );
}

/** Whether a condition names the role, whatever it asks. */
function isNamedIn(conditions: readonly TextCondition[], spelling: RoleSpelling): boolean {
  return conditions.some(({ values }) => values.some((value) => spelling.pointsTo(value)));
}

/** Whether conditions on whoever calls fit the agent: a pattern for its ARN, or its tags. */
function isDescribed(
  agent: SealedAgent,
  index: StageIndex,
  conditions: readonly TextCondition[],
  spelling: RoleSpelling,
): boolean {
  return (
    conditions.some(
      ({ operator, key, values }) =>
        key.toLowerCase() === 'aws:principalarn' &&
        !isNegative(operator) &&
        values.some((value) => spelling.matchesPattern(value)),
    ) || isTagged(agent, index, conditions)
  );
}

/** Everybody, a whole account, or a principal that is not known yet. */
function mayBeAnybody(principal: PolicyText, index: StageIndex): boolean {
  const literal = literalOf(principal);
  return literal === undefined
    ? !index.resourceOf(principal)?.type.startsWith('AWS::IAM::')
    : literal === '*' || /^\d{12}$|:root$/.test(literal);
}

/** Whether conditions on the caller's tags all fit the tags of the role, those that CDK put on it too. */
function isTagged(agent: SealedAgent, index: StageIndex, conditions: readonly TextCondition[]): boolean {
  const role = index.at(agent._role.node.path);
  const rendered: unknown = role?.properties.Tags;
  const tags = new Map(
    (Array.isArray(rendered) ? rendered : []).map((tag) => [
      String(tag.Key).toLowerCase(),
      index.text(tag.Value, Stack.of(agent)),
    ]),
  );
  const fits = conditions.flatMap(({ operator, key, values }) => {
    const tag = /^aws:principaltag\/(.+)$/.exec(key.toLowerCase())?.[1];
    const own = tag === undefined ? undefined : tags.get(tag);
    return own === undefined || isNegative(operator) || !/string/i.test(operator)
      ? []
      : [values.some((value) => matchesGlob(compileGlob(globTokens(value)), own))];
  });
  return fits.length > 0 && fits.every((fit) => fit);
}

function isNegative(operator: string): boolean {
  return /not|null/i.test(operator);
}

/** A resource policy that names no resource, or `*`, speaks of the resource it is on. */
function onItself(
  entry: ReadStatement,
  resource: IndexedResource,
  read: (value: unknown) => PolicyText,
): ReadStatement {
  if ('unreadable' in entry) {
    return entry;
  }
  const { statement } = entry;
  const self =
    resource.type === 'AWS::SecretsManager::ResourcePolicy'
      ? read(resource.properties.SecretId)
      : attributeText(resource.path, 'Arn');
  if (statement.resources === undefined && statement.notResources === undefined) {
    return { ...entry, statement: { ...statement, resources: [self] } };
  }
  const whole = resource.type === 'AWS::KMS::Key' || resource.type === 'AWS::SecretsManager::ResourcePolicy';
  const resources = statement.resources?.map((own) => (isLiterally(own, '*') ? self : own)) ?? [self];
  return whole ? { ...entry, statement: { ...statement, resources } } : entry;
}

/** A Lambda permission that names the role is one statement on the function. */
function permission(resource: IndexedResource, read: (value: unknown) => PolicyText): ReadStatement[] {
  const { Action, FunctionName, Principal } = resource.properties;
  if (resource.type !== 'AWS::Lambda::Permission' || FunctionName === undefined) {
    return [];
  }
  return [
    {
      statement: {
        effect: 'Allow',
        actions: [read(Action)],
        resources: [functionArn(read(FunctionName))],
        conditions: [],
      },
      principals: [read(Principal)],
    },
  ];
}

/** A function's name and its ARN are two attributes of the same resource. */
function functionArn(name: PolicyText): PolicyText {
  const [only] = name;
  const named = name.length === 1 && typeof only === 'object' ? attributeOf(only.atom) : undefined;
  return named?.attribute === 'Ref' ? attributeText(named.path, 'Arn') : name;
}
