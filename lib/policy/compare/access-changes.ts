import type { AccessLevel } from '../reference/access-level';
import { actionClasses, sortedLevels } from './action-classes';
import { Budget } from './budget';
import { type ComparedCaller, comparedCallers } from './callers';
import type { ComparedSide, ComparedStatement, Vocabulary } from './compared-policies';
import { ConditionStates } from './condition-states';
import { DirectionSearch, type Gain } from './direction-search';
import { hasOpenSeveral } from './key-states';
import { PatternAutomata } from './pattern-automata';
import type { AccessChange, ChangeScope, ChangeWitness } from './policy-comparison';
import { EVALUATED, type OpenQuestions, otherReadings, type Reading } from './reading';
import { type Residue, residues } from './residual';
import { readingsDiffer } from './resource-tokens';
import { NO } from './truth';
import type { VariableCase } from './variable-case';
import { WitnessBuilder } from './witness-builder';

/** One direction of a comparison: what `after` allows and `before` does not. */
export interface Direction {
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  readonly layers: number;
  readonly type: 'identity' | 'resource' | 'trust';
  readonly open: boolean;
  readonly isPlainAtom: (atom: string) => boolean;
  readonly vocabulary: Vocabulary;
  /** The requests that are looked at. */
  readonly among: VariableCase;
}

/** About half a second. */
const STEPS = 700_000;
/** ARNs have 2048 letters at most. */
const LONGEST_PATTERN = 2048;
/** More than anybody reads. What is gained beyond is gained too, and not listed. */
const MOST_GAINS = 500;
const NOBODY: ComparedCaller = { principal: undefined, derivedKeys: new Set(), ranges: new Map(), truths: new Map() };

/** The changes in one direction, the surest and the widest first; none is a proof that there are none. */
export function accessChanges(direction: Direction, budget = new Budget(STEPS)): AccessChange[] {
  const { before, after, vocabulary } = direction;
  const allows = (side: ComparedSide): ComparedStatement[] => side.statements.filter(({ deny }) => !deny);
  const denies = (side: ComparedSide): ComparedStatement[] => side.statements.filter(({ deny }) => deny);
  const left = [
    ...residues(allows(after), allows(before), true, vocabulary, budget),
    ...residues(denies(before), denies(after), false, vocabulary, budget),
  ];
  if (left.length === 0) {
    return [];
  }
  if (vocabulary.patterns.some(({ tokens }) => tokens.length > LONGEST_PATTERN)) {
    const because = `cannot decide, because a pattern of Resource has more than ${LONGEST_PATTERN} letters`;
    return changesOf([
      { pattern: undefined, isFuture: false, scope: 'anything', levels: new Set(), isConfirmed: false, because },
    ]);
  }
  const gains = searchGains(direction, left, EVALUATED, budget);
  for (const { reading, because } of gains.length > 0 ? [] : otherReadings(openQuestions(vocabulary))) {
    gains.push(
      ...searchGains(direction, left, reading, budget).map(({ witness: _, ...gain }) => ({
        ...gain,
        isConfirmed: false,
        because: gain.because ?? `cannot decide, because ${because}`,
      })),
    );
  }
  return changesOf(gains);
}

/**
 * The changes in one direction of two sides that have policy variables: each case is looked at on its own, where the
 * variables are known better. What some case undoubtedly gains, or none, is the answer; else it is `may`.
 *
 * @param cases All requests together.
 */
export function accessChangesByCase(cases: readonly Direction[]): AccessChange[] {
  const budget = new Budget(STEPS / 2);
  const found = new Map<string, AccessChange>();
  for (const change of cases.flatMap((direction) => accessChanges(direction, budget))) {
    const key = `${change.certainty} ${change.scope} ${change.because ?? ''}`;
    found.set(key, found.get(key) ?? change);
  }
  return [...found.values()].sort((a, b) => order(a) - order(b));
}

function searchGains(direction: Direction, left: readonly Residue[], reading: Reading, budget: Budget): Gain[] {
  const { before, after, layers, type, vocabulary } = direction;
  const statements = [...before.statements, ...after.statements];
  const callers = callersOf(direction, statements);
  const { classes, complete } = actionClasses(
    statements.map(({ actions }) => actions),
    left.map(({ actions }) => actions),
    direction.open,
    budget,
  );
  const search = new DirectionSearch({
    before,
    after,
    layers,
    type,
    vocabulary,
    callers,
    automata: new PatternAutomata(vocabulary, reading.arn, direction.isPlainAtom),
    states: new ConditionStates(vocabulary, reading, budget, direction.among),
    witnesses: new WitnessBuilder(before, after, type, vocabulary, direction.among),
    budget,
  });
  const gains: Gain[] = [];
  let confirmed = 0;
  for (const residue of left) {
    for (const [number, actions] of classes.entries()) {
      const isDone = confirmed > 0 && (budget.exhausted || confirmed >= MOST_GAINS);
      const [action] = actions.actions;
      if (isDone || action === undefined || residue.actions.matches(action) === NO) {
        continue;
      }
      const gain = search.gain(residue, actions, number);
      if (gain !== undefined && (gain.isConfirmed || confirmed === 0)) {
        gains.push(gain);
        confirmed += gain.isConfirmed ? 1 : 0;
      }
      if (budget.exhausted && gains.length > 0) {
        return gains;
      }
    }
  }
  if (!complete && gains.length === 0) {
    const because = 'cannot decide, because the patterns of actions are too many or too tangled to compare in time';
    gains.push({
      pattern: undefined,
      isFuture: true,
      scope: 'anything',
      levels: new Set(),
      isConfirmed: false,
      because,
    });
  }
  return gains;
}

function callersOf({ type }: Direction, statements: readonly ComparedStatement[]): readonly ComparedCaller[] {
  const named = type !== 'identity' || statements.some(({ principalKey }) => principalKey !== '');
  return named ? comparedCallers(statements) : [NOBODY];
}

function openQuestions({ patterns, conditions }: Vocabulary): OpenQuestions {
  const keys = new Set(conditions.map(({ key }) => key));
  return {
    arns: patterns.some(({ tokens }) => readingsDiffer(tokens)),
    several: [...keys].some((key) => hasOpenSeveral(conditions.filter((condition) => condition.key === key))),
    anyIfExists: conditions.some(({ operator }) => operator.set === 'ForAnyValue' && operator.ifExists),
    empty: conditions.some(({ isEmpty }) => isEmpty),
  };
}

/** Puts gains of the same kind on the same resources together. */
function changesOf(gains: readonly Gain[]): AccessChange[] {
  const merged = new Map<string, { gain: Gain; levels: Set<AccessLevel>; witness: ChangeWitness | undefined }>();
  for (const gain of gains) {
    const key = `${gain.isConfirmed} ${gain.isFuture} ${gain.scope} ${gain.pattern} ${gain.because ?? ''}`;
    const known = merged.get(key);
    if (known === undefined) {
      merged.set(key, { gain, levels: new Set(gain.levels), witness: gain.witness });
    } else {
      for (const level of gain.levels) {
        known.levels.add(level);
      }
      known.witness ??= gain.witness;
    }
  }
  return [...merged.values()]
    .map(({ gain, levels, witness }): AccessChange => {
      const scope: ChangeScope = gain.isFuture ? 'actions that AWS may add' : gain.scope;
      return {
        certainty: gain.isConfirmed ? 'witness' : 'may',
        ...(witness === undefined ? {} : { witness }),
        scope,
        levels: sortedLevels(levels),
        ...(gain.because === undefined ? {} : { because: gain.because }),
      };
    })
    .sort((a, b) => order(a) - order(b));
}

function order({ certainty, scope }: AccessChange): number {
  return (certainty === 'may' ? 2 : 0) + (scope === 'actions that AWS may add' ? 1 : 0);
}
