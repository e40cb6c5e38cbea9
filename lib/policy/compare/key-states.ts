import { constantValue } from '../condition/constant-value';
import { parseDecimal } from '../condition/decimal';
import { parseInstant } from '../condition/instant';
import { addressSamples } from './address-samples';
import type { Budget } from './budget';
import { type ComparedCondition, type ConditionTruth, conditionTruth } from './compared-condition';
import { impliedBy } from './implied-facts';
import { comparedType, isOfType, keyType, ordinaryValue } from './key-type';
import { dateSamples, numericSamples } from './ordered-samples';
import type { Reading } from './reading';
import { textSamples } from './text-samples';
import type { ValueRange } from './value-range';

/** One way a request can have a key, and what the conditions on the key then are. */
export interface KeyState {
  /** Undefined when the request does not carry the key. */
  readonly values: readonly string[] | undefined;
  /** In the order of the conditions. */
  readonly truths: readonly ConditionTruth[];
}

/** The states of a key, and whether these are all. */
export interface KeyStates {
  readonly states: readonly KeyState[];
  readonly complete: boolean;
}

/** Keys that are in every request; a request without them is the last that a reader believes. */
const ALWAYS_THERE: ReadonlySet<string> = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principaltype',
  'aws:requestedregion',
  'aws:securetransport',
  'aws:useragent',
  'aws:userid',
]);

const MOST_STATES = 2500;
/** States of several values: each costs more to find. */
const MOST_SETS = 600;

/**
 * All ways in which a key can meet its conditions and fail them, each with values that do so.
 *
 * A key that the service reference gives a type has only values of that type; one that can have several values, has set
 * operators on it, or is unknown to the reference is tried with several values as well.
 *
 * @param range What the key can have at most, when that is known of the caller: one value then, and never none.
 */
export function keyStates(
  conditions: readonly ComparedCondition[],
  reading: Reading,
  budget: Budget,
  range?: ValueRange,
): KeyStates {
  const key = conditions[0]?.key ?? '';
  const type = comparedType(key, conditions);
  const several =
    range === undefined && (canHaveSeveral(key) || conditions.some(({ operator }) => operator.set !== undefined));
  const isPossible = (value: string): boolean =>
    range === undefined ? isOfType(type, value) : range.isPossible(value);
  const mixed = new Set(conditions.map(groupOf).filter((group) => group !== 'Null')).size > 1;
  const distinct = new DistinctStates(conditions, reading, budget);
  const singles: KeyState[] = [];
  let areReadable = true;
  for (const { group, values } of valueGroups(conditions, type, budget, range)) {
    areReadable &&= values.every((value) => isReadable(group, value));
    singles.push(...distinct.addAll(values.filter(isPossible).map((value) => [value])));
  }
  distinct.crossGroups(singles);
  if (several) {
    distinct.addSeveral(
      singles.flatMap((state) => state.values ?? []),
      type,
    );
  }
  const absent = {
    values: undefined,
    truths: conditions.map((condition) => conditionTruth(condition, undefined, reading)),
  };
  return {
    states: ALWAYS_THERE.has(key) ? [...distinct.found, absent] : [absent, ...distinct.found],
    complete:
      areReadable &&
      !distinct.isFull &&
      !budget.exhausted &&
      !(mixed && conditions.some(({ operator }) => operator.set)),
  };
}

/** Whether some condition without a set operator meets a key with several values. */
export function hasOpenSeveral(conditions: readonly ComparedCondition[]): boolean {
  const type = keyType(conditions[0]?.key ?? '');
  const several = type?.startsWith('ArrayOf') === true || conditions.some(({ operator }) => operator.set !== undefined);
  return several && conditions.some(({ operator }) => operator.set === undefined && operator.family !== 'Null');
}

/** The states found so far; of states in which all conditions are the same only the first counts. */
class DistinctStates {
  public readonly found: KeyState[] = [];
  private readonly known = new Set<string>();
  private overflowed = false;
  private readonly impliedBy: ReadonlyMap<string, readonly string[]>;

  public constructor(
    private readonly conditions: readonly ComparedCondition[],
    private readonly reading: Reading,
    private readonly budget: Budget,
  ) {
    this.impliedBy = impliedBy(conditions);
  }

  public get isFull(): boolean {
    return this.overflowed || this.found.length >= MOST_STATES;
  }

  public addAll(candidates: readonly (readonly string[])[]): KeyState[] {
    return candidates.flatMap((values) => this.add(values) ?? []);
  }

  /** States of several values: of any two, then of those and any further one, until nothing new comes. */
  public addSeveral(values: readonly string[], type: string | undefined): void {
    const elements = [...new Set([...values, ...(isOfType(type, '') ? [''] : [])])];
    const twins = values.map((value) => [value, `${value}-2`]).filter(([, twin]) => isOfType(type, twin ?? ''));
    let sets: (readonly string[])[] = this.addAll(twins).map((state) => state.values ?? []);
    const needsSets = this.conditions.some(({ operator }) => operator.set !== undefined);
    if (needsSets || this.reading.several !== 'none') {
      sets.push(...elements.map((value) => [value]));
    } else {
      this.addAll([elements.slice(0, 2)].filter((pair) => pair.length === 2));
      return;
    }
    const most = this.found.length + MOST_SETS;
    while (sets.length > 0 && !this.isFull) {
      const larger = sets.flatMap((set) =>
        elements.filter((value) => !set.includes(value)).map((value) => [...set, value]),
      );
      sets = this.addAll(larger).map((state) => state.values ?? []);
      this.overflowed ||= this.found.length > most;
    }
  }

  /**
   * Operators of different kinds on one key are taken as if they were about different values: a state for every
   * combination, whether or not one value has it. The evaluator rejects a witness that has no such value.
   */
  public crossGroups(singles: readonly KeyState[]): void {
    const groups = [...new Set(this.conditions.map(groupOf))].filter((group) => group !== 'Null');
    if (groups.length < 2) {
      return;
    }
    let combined: readonly KeyState[] = singles;
    for (const group of groups.slice(1)) {
      combined = combined.flatMap((state) =>
        singles.map(({ truths }) => ({
          values: state.values,
          truths: this.conditions.map(
            (condition, index) => (groupOf(condition) === group ? truths[index] : state.truths[index]) ?? false,
          ),
        })),
      );
      const seen = new Set<string>();
      combined = combined.filter(({ truths }) => {
        const key = JSON.stringify(truths);
        return !seen.has(key) && seen.add(key);
      });
      if (combined.length > MOST_STATES) {
        this.overflowed = true;
        return;
      }
    }
    for (const state of combined) {
      this.register(state);
    }
  }

  private add(values: readonly string[]): KeyState | undefined {
    if (this.isFull || !this.budget.spend(1 + this.conditions.length / 20)) {
      return undefined;
    }
    const truths = this.conditions.map((condition) => this.widened(conditionTruth(condition, values, this.reading)));
    const state = { values, truths };
    return this.register(state) ? state : undefined;
  }

  /** A term of facts with the facts that imply one of them. */
  private widened(truth: ConditionTruth): ConditionTruth {
    if (typeof truth === 'boolean' || this.impliedBy.size === 0) {
      return truth;
    }
    const facts = truth.facts.flatMap((fact) => [fact, ...(this.impliedBy.get(fact) ?? [])]);
    return { ...truth, facts: [...new Set(facts)] };
  }

  /** States of one value and of several differ, since only the former are what larger sets are made of. */
  private register(state: KeyState): boolean {
    const key = `${(state.values?.length ?? 0) > 1} ${JSON.stringify(state.truths)}`;
    if (this.known.has(key)) {
      return false;
    }
    this.known.add(key);
    this.found.push(state);
    return true;
  }
}

/** Values that stand for all, one list for each kind of operator. */
function valueGroups(
  conditions: readonly ComparedCondition[],
  type: string | undefined,
  budget: Budget,
  range: ValueRange | undefined,
): { readonly group: string; readonly values: readonly string[] }[] {
  const groups = new Map<string, ComparedCondition[]>();
  for (const condition of conditions) {
    groups.set(groupOf(condition), [...(groups.get(groupOf(condition)) ?? []), condition]);
  }
  const samplesOf = (group: string, members: readonly ComparedCondition[]): readonly string[] => {
    const written = members.flatMap(({ known }) => known.values.map((value) => constantValue(value) ?? ''));
    switch (group) {
      case 'Numeric':
        return numericSamples(written);
      case 'Date':
        return dateSamples(written);
      case 'IpAddress':
        return addressSamples(written);
      case 'Binary':
        return [...written, 'ZXhhbXBsZQ=='];
      case 'Text':
        return textSamples(members, type?.endsWith('ARN') === true, budget, range);
      default:
        return [];
    }
  };
  const ordinary = [
    ...(range?.samples ?? []),
    ordinaryValue(type),
    'example',
    ...(type?.endsWith('Bool') ? ['true', 'false'] : []),
    '',
  ];
  return [
    ...[...groups].map(([group, members]) => ({ group, values: samplesOf(group, members) })),
    { group: 'Null', values: ordinary },
    ...(range === undefined || groups.has('Text') ? [] : [{ group: 'Text', values: samplesOf('Text', []) }]),
  ];
}

/** Numbers and points in time are too long to be read when the policies' own are near what can be read at most. */
function isReadable(group: string, value: string): boolean {
  switch (group) {
    case 'Numeric':
      return parseDecimal(value) !== undefined;
    case 'Date':
      return parseInstant(value) !== undefined;
    default:
      return true;
  }
}

/** Whether a request can carry several values of a key, as far as the service reference knows. */
function canHaveSeveral(key: string): boolean {
  const type = keyType(key);
  return type === undefined || type.startsWith('ArrayOf');
}

function groupOf({ operator }: ComparedCondition): string {
  return operator.family === 'String' || operator.family === 'Arn' || operator.family === 'Bool'
    ? 'Text'
    : operator.family;
}
