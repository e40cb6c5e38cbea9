import type { Conjunction, Question, QuestionKey } from './assignment-search';
import type { Budget } from './budget';
import type { ComparedCaller } from './callers';
import type { Vocabulary } from './compared-policies';
import { type KeyState, keyStates } from './key-states';
import type { Reading } from './reading';
import type { ValueRange } from './value-range';
import type { VariableCase } from './variable-case';

/** The states of the context keys of one comparison under one reading, found when they are first needed. */
export class ConditionStates {
  /** Whether some states may be missing. */
  public isIncomplete = false;
  private readonly ofKey = new Map<string, readonly KeyState[]>();
  private readonly narrowed = new Map<string, readonly KeyState[]>();
  private readonly numbers = new Map<string, number[]>();

  public constructor(
    private readonly vocabulary: Vocabulary,
    private readonly reading: Reading,
    private readonly budget: Budget,
    private readonly among: VariableCase,
  ) {
    vocabulary.conditions.forEach(({ key }, number) => {
      const numbers = this.numbers.get(key) ?? [];
      this.numbers.set(key, numbers);
      numbers.push(number);
    });
  }

  /** The keys of a question, each with the states that differ in the conditions of the question. */
  public keysOf(
    { afterDenies, afterLayers, beforeDenies, beforeLayers }: Question,
    caller: ComparedCaller,
  ): QuestionKey[] {
    const conditions = new Set(
      [afterDenies, ...afterLayers, beforeDenies, ...beforeLayers]
        .flat()
        .flatMap((conjunction: Conjunction) => conjunction.conditions),
    );
    const byKey = new Map<string, number[]>();
    for (const condition of conditions) {
      const key = this.vocabulary.conditions[condition]?.key ?? '';
      const numbers = byKey.get(key) ?? [];
      byKey.set(key, numbers);
      numbers.push(condition);
    }
    return [...byKey].map(([key, numbers]) => {
      const live = numbers.sort((a, b) => a - b);
      return { key, conditions: live, states: this.narrow(key, live, caller) };
    });
  }

  private narrow(key: string, live: readonly number[], caller: ComparedCaller): readonly KeyState[] {
    const range = caller.ranges.get(key) ?? this.among.single.get(key);
    const isDerived = caller.derivedKeys.has(key) || this.among.single.has(key);
    const isUnset = this.among.unset.has(key);
    const place = `${key} ${range?.id ?? ''} ${isDerived} ${live.join()}`;
    let states = this.narrowed.get(place);
    if (states === undefined) {
      const all = this.numbers.get(key) ?? [];
      const places = live.map((condition) => all.indexOf(condition));
      const seen = new Set<string>();
      states = this.statesOf(key, all, range)
        .filter(({ values }) => (values === undefined ? !isDerived : !isUnset || values.length > 1))
        .map(({ values, truths }) => ({ values, truths: places.map((index) => truths[index] ?? false) }))
        .filter(({ truths }) => {
          const signature = JSON.stringify(truths);
          return !seen.has(signature) && seen.add(signature);
        });
      // A key is always absent or has some value.
      this.isIncomplete ||= states.length === 0;
      this.narrowed.set(place, states);
    }
    return states;
  }

  private statesOf(key: string, numbers: readonly number[], range: ValueRange | undefined): readonly KeyState[] {
    const place = `${key} ${range?.id ?? ''}`;
    let states = this.ofKey.get(place);
    if (states === undefined) {
      const conditions = numbers.flatMap((number) => this.vocabulary.conditions[number] ?? []);
      const found = keyStates(conditions, this.reading, this.budget, range);
      this.isIncomplete ||= !found.complete;
      states = found.states;
      this.ofKey.set(place, states);
    }
    return states;
  }
}
