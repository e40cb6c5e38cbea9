import {
  type AccessChange,
  type ChangeWitness,
  type ComparisonCertainty,
  type ComparisonRelation,
  comparePolicies,
} from '../../policy/compare/compare-policies';
import { plainAtoms, resourcesIn } from '../../policy/compare/covered';
import { rawPolicies } from '../../policy/compare/raw-statement';
import type { TextStatement } from '../../policy/compare/text-statement';
import { literalOf } from '../../policy/document/text';
import { PolicyError } from '../../policy/evaluate/policy-error';
import { actionGlob, matchesAction } from '../../policy/match/action-glob';
import { serviceReferenceVersion } from '../../policy/reference/service-reference';
import { finding } from '../../synth/agent-error';
import { knownAtoms } from '../../synth/known-atoms';
import { shownText } from '../../synth/shown-text';
import type { StageIndex } from '../../synth/stage-index';
import { isLiterally } from '../../synth/statement-text';
import type { SealedAgent } from '../sealed-agent';
import type { EffectiveAccess } from './effective-access';
import type { FinalBoundary } from './final-boundary';

/** What was proved about an agent's effective access, for its contract. */
export interface AccessProof {
  /** How effective access differs from the working set. */
  readonly relation: ComparisonRelation;
  readonly certainty: ComparisonCertainty;
  /** The version of the service reference that stands for "all actions". */
  readonly catalogue: string;
  /** A request that shows the difference: gained when the relation is `broadened` or `mixed`, lost when `narrowed`. */
  readonly witness?: ShownWitness;
  /** What the proof takes for granted, because it is not in the templates of the Stage. */
  readonly assumptions: readonly string[];
  /** Actions that are given on `*`, because they take no resource. */
  readonly unscopable: readonly UnscopableAction[];
}

/** A request, for people. */
export interface ShownWitness {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, unknown>>;
}

/** An action that can't be given on less than every resource. */
export interface UnscopableAction {
  readonly action: string;
  /** The id of the grant that gives it. */
  readonly grant: string;
  readonly reason: string;
}

const ALWAYS_ASSUMED = [
  'service control policies, resource control policies and session policies are not part of the app: they only narrow',
  'denials in policies of resources are not counted: they only narrow',
  'policies of resources that the app imports are not seen: one that names the role can allow more',
  'what a policy of a resource allows to everybody is not counted: the role is not needed for it',
  'permissions that services keep outside of IAM policies are not seen, such as KMS grants and Lake Formation',
];

/**
 * Proves that an agent's effective access is its working set: what the policies that reach the role allow under the
 * final boundary, and what policies of the app's resources allow the role.
 *
 * The usual role is proved without a comparison: it stands in the template as it was made, what reaches it from outside
 * is covered, and its boundary does not speak of its actions.
 */
export function accessProof(
  agent: SealedAgent,
  index: StageIndex,
  effective: EffectiveAccess,
  boundary: FinalBoundary,
  unseen: readonly string[],
): AccessProof {
  const gained = gains(agent, index, effective, boundary);
  const lost = losses(agent, index, effective, boundary);
  const relation =
    gained.length > 0 ? (lost.length > 0 ? 'mixed' : 'broadened') : lost.length > 0 ? 'narrowed' : 'equal';
  const isSure = [gained, lost].every((changes) => changes.length === 0 || changes.some(isConfirmed));
  const shown = (gained.length > 0 ? gained : lost).find(({ witness }) => witness !== undefined)?.witness;
  return {
    relation,
    certainty: !isSure ? 'may' : gained.length > 0 ? 'witness' : 'proved',
    catalogue: serviceReferenceVersion().version,
    ...(shown === undefined ? {} : { witness: shownWitness(shown) }),
    assumptions: [
      ...ALWAYS_ASSUMED,
      ...(boundary.inSight ? [] : [`the boundary ${boundary.shown} is not part of the app: it only narrows`]),
      ...unseen,
    ],
    unscopable: unscopable(agent),
  };
}

/** The finding when effective access is not proved to be inside the working set. */
export function broadened(agent: SealedAgent, { relation, certainty, witness }: AccessProof): string[] {
  if (relation === 'equal' || relation === 'narrowed') {
    return [];
  }
  const allows = certainty === 'witness' ? 'allows' : 'may allow';
  const example =
    witness === undefined ? '' : `, such as ${witness.action} on ${witness.resource}${contextInWords(witness.context)}`;
  return [
    finding(
      'AgentAccessBroadened',
      `the effective access of agent '${agent.agentName}' is not its working set: the role ${allows} what none of its ` +
        `grants declares${example}; take it off the role, or declare the need with a grant`,
    ),
  ];
}

/** What reaches the role beyond the working set. The boundary is left out first: it does not have to be of help. */
function gains(
  agent: SealedAgent,
  index: StageIndex,
  { own, attached, resourceSide, unreadable }: EffectiveAccess,
  { ceiling }: FinalBoundary,
): readonly AccessChange[] {
  const { covering, statements } = agent._workingSet;
  const known = knownAtoms(index);
  const isExcess = (statement: TextStatement): boolean => {
    const { uncovered, undecided } = covering.coverage(statement, known);
    return statement.effect === 'Allow' && (uncovered.length > 0 || undecided !== undefined);
  };
  const declared = statements.map(({ text }) => text);
  const isOwn = own.every((statement, position) => statement === declared[position]);
  const identity = [...(isOwn ? [] : own), ...attached].filter(isExcess);
  const granted = resourceSide.filter(isExcess);
  const undecided = unreadable.map((because) => mayChange(`cannot decide, because ${because}`));
  const allowed = [...declared, ...identity];
  return [
    ...(identity.length === 0 ? [] : changes(index, declared, allowed, ceiling?.about(identity) ?? []).gained),
    ...(granted.length === 0 ? [] : changes(index, declared, [...declared, ...granted], []).gained),
    ...undecided,
  ];
}

/** What the boundary, denials from outside and changes of the role's own policies leave nothing of. */
function losses(
  agent: SealedAgent,
  index: StageIndex,
  { own, attached }: EffectiveAccess,
  { ceiling }: FinalBoundary,
): readonly AccessChange[] {
  const declared = agent._workingSet.statements.map(({ text }) => text);
  const denials = attached.filter(({ effect }) => effect === 'Deny');
  const isWhole = declared.every((statement, position) => statement === own[position]);
  const concerned = isWhole
    ? [...(ceiling?.limited(declared) ?? []), ...declared.filter((statement) => isSpokenOf(statement, denials))]
    : declared;
  return [
    ...(concerned.length === 0
      ? []
      : changes(index, concerned, [...(isWhole ? concerned : own), ...denials], ceiling?.about(concerned) ?? []).lost),
    ...(ceiling?.isReadable === false ? [mayChange('cannot decide, because the boundary is not readable')] : []),
  ];
}

/** Whether one of the statements is about an action of this one. */
function isSpokenOf({ actions = [] }: TextStatement, statements: readonly TextStatement[]): boolean {
  return statements.some(({ actions: spoken, notActions }) =>
    actions.some(
      (action) =>
        notActions !== undefined || spoken?.some((glob) => matchesAction(actionGlob(glob), literalOf(action) ?? '')),
    ),
  );
}

function changes(
  index: StageIndex,
  before: readonly TextStatement[],
  after: readonly TextStatement[],
  boundary: readonly TextStatement[],
): { readonly gained: readonly AccessChange[]; readonly lost: readonly AccessChange[] } {
  const isPlainAtom = plainAtoms(resourcesIn([...before, ...after, ...boundary]), knownAtoms(index));
  try {
    return comparePolicies(
      { identity: rawPolicies(before) },
      {
        identity: rawPolicies(after),
        ...(boundary.length === 0 ? {} : { boundary: rawPolicies(boundary) }),
      },
      { isPlainAtom },
    );
  } catch (error) {
    if (error instanceof PolicyError) {
      const undecided = [mayChange(`cannot decide, because ${error.message}`)];
      return { gained: undecided, lost: undecided };
    }
    throw error;
  }
}

function mayChange(because: string): AccessChange {
  return { certainty: 'may', scope: 'anything', levels: [], because };
}

function isConfirmed({ certainty }: AccessChange): boolean {
  return certainty === 'witness';
}

function shownWitness({ action, resource, context }: ChangeWitness): ShownWitness {
  return { action, resource: typeof resource === 'string' ? resource : shownText(resource), context };
}

function contextInWords(context: Readonly<Record<string, unknown>>): string {
  const keys = Object.entries(context).map(([key, value]) => `${key} = ${[value].flat().join(', ')}`);
  return keys.length === 0 ? '' : ` where ${keys.join(' and ')}`;
}

function unscopable(agent: SealedAgent): UnscopableAction[] {
  return agent._workingSet.statements
    .filter(({ text }) => text.resources?.every((resource) => isLiterally(resource, '*')))
    .flatMap(({ text, grantId, forcedWildcard }) =>
      (text.actions ?? []).map((action) => ({
        action: literalOf(action) ?? '',
        grant: grantId,
        reason: forcedWildcard ?? 'given by hand',
      })),
    );
}
