import type { Budget } from './budget';
import type { ConditionTruth, UnknownTerm } from './compared-condition';
import type { KeyState } from './key-states';

/** A statement whose action, resource and principal match: it applies when all of this holds. */
export interface Conjunction {
  /** Conditions, by number. */
  readonly conditions: readonly number[];
  /** What else must hold, of what nobody can know here. */
  readonly terms: readonly UnknownTerm[];
}

/** One layer of policies: it allows when one of the Allows applies. */
export type Alternatives = readonly Conjunction[];

/** Which requests are looked for: those that `after` allows and `before` does not. */
export interface Question {
  readonly afterDenies: Alternatives;
  readonly afterLayers: readonly Alternatives[];
  readonly beforeDenies: Alternatives;
  readonly beforeLayers: readonly Alternatives[];
}

/** A context key, its conditions and its states. */
export interface QuestionKey {
  readonly key: string;
  /** Numbers of the conditions that the truths of a state are about. */
  readonly conditions: readonly number[];
  readonly states: readonly KeyState[];
}

/** An answer: keys that do not matter are not in it. */
export interface Assignment {
  readonly values: ReadonlyMap<string, readonly string[] | undefined>;
  /** What has to be so, of what nobody can know here. */
  readonly facts: ReadonlyMap<string, boolean>;
}

/** Keys and facts are searched one inside the other. */
const MOST_KEYS = 500;

/** Whether the question can be answered without looking at conditions: false when the answer is no. */
export function isPossible({ afterDenies, afterLayers, beforeDenies, beforeLayers }: Question): boolean {
  return (
    !afterDenies.some(isUnconditional) &&
    afterLayers.every((layer) => layer.length > 0) &&
    (beforeDenies.length > 0 || !beforeLayers.every((layer) => layer.some(isUnconditional)))
  );
}

/** Searches states of keys and unknown facts for an answer. `budget` when it could not search all. */
export function searchAssignment(
  question: Question,
  keys: readonly QuestionKey[],
  budget: Budget,
): Assignment | 'none' | 'budget' {
  return isPossible(question) ? new AssignmentSearch(question, keys, budget).run() : 'none';
}

function isUnconditional(conjunction: Conjunction): boolean {
  return conjunction.conditions.length === 0 && conjunction.terms.length === 0;
}

class AssignmentSearch {
  private readonly truths = new Map<number, ConditionTruth>();
  private readonly values = new Map<string, readonly string[] | undefined>();
  private readonly facts = new Map<string, boolean>();
  private readonly names: readonly string[];
  /** Of looking at the question once. */
  private readonly cost: number;

  public constructor(
    private readonly question: Question,
    private readonly keys: readonly QuestionKey[],
    private readonly budget: Budget,
  ) {
    const { afterDenies, afterLayers, beforeDenies, beforeLayers } = question;
    const conjunctions = [afterDenies, ...afterLayers, beforeDenies, ...beforeLayers].flat();
    const states = keys.flatMap((key) => key.states.flatMap((state) => state.truths));
    const terms = [
      ...conjunctions.flatMap((conjunction) => conjunction.terms),
      ...states.filter((truth) => typeof truth === 'object'),
    ];
    this.names = [...new Set(terms.flatMap((term) => term.facts))];
    this.cost = 1 + conjunctions.length / 20;
  }

  public run(): Assignment | 'none' | 'budget' {
    if (this.keys.length + this.names.length > MOST_KEYS) {
      return 'budget';
    }
    if (this.assign(0)) {
      return { values: this.values, facts: this.facts };
    }
    return this.budget.exhausted ? 'budget' : 'none';
  }

  private assign(depth: number): boolean {
    const answer = this.answer();
    if (answer !== undefined) {
      return answer;
    }
    const key = this.keys[depth];
    return key === undefined ? this.assumeFact(depth - this.keys.length) : this.assignKey(key, depth);
  }

  private assignKey(key: QuestionKey, depth: number): boolean {
    for (const state of key.states) {
      if (!this.budget.spend(this.cost)) {
        return false;
      }
      key.conditions.forEach((condition, index) => {
        this.truths.set(condition, state.truths[index] ?? false);
      });
      this.values.set(key.key, state.values);
      if (this.assign(depth + 1)) {
        return true;
      }
    }
    for (const condition of key.conditions) {
      this.truths.delete(condition);
    }
    this.values.delete(key.key);
    return false;
  }

  private assumeFact(index: number): boolean {
    const name = this.names[index];
    if (name === undefined) {
      return false;
    }
    for (const value of [false, true]) {
      if (!this.budget.spend(this.cost)) {
        return false;
      }
      this.facts.set(name, value);
      if (this.assign(this.keys.length + index + 1)) {
        return true;
      }
    }
    this.facts.delete(name);
    return false;
  }

  /** Undefined while it depends on what is not assigned yet. */
  private answer(): boolean | undefined {
    const { afterDenies, afterLayers, beforeDenies, beforeLayers } = this.question;
    const denied = this.anyHolds(afterDenies);
    if (denied === true) {
      return false;
    }
    const allowed = this.allHold(afterLayers);
    if (allowed === false) {
      return false;
    }
    const refused = this.anyHolds(beforeDenies);
    const granted = refused === true ? undefined : this.allHold(beforeLayers);
    if (refused === false && granted === true) {
      return false;
    }
    const isNew = refused === true || granted === false;
    return denied === false && allowed === true && isNew ? true : undefined;
  }

  private allHold(layers: readonly Alternatives[]): boolean | undefined {
    let all: boolean | undefined = true;
    for (const layer of layers) {
      const holds = this.anyHolds(layer);
      if (holds === false) {
        return false;
      }
      all = holds === undefined ? undefined : all;
    }
    return all;
  }

  private anyHolds(alternatives: Alternatives): boolean | undefined {
    let any: boolean | undefined = false;
    for (const conjunction of alternatives) {
      const holds = this.holds(conjunction);
      if (holds === true) {
        return true;
      }
      any = holds === undefined ? undefined : any;
    }
    return any;
  }

  private holds({ conditions, terms }: Conjunction): boolean | undefined {
    let all: boolean | undefined = true;
    for (const condition of conditions) {
      const truth = this.truths.get(condition);
      const holds = typeof truth === 'object' ? this.termHolds(truth) : truth;
      if (holds === false) {
        return false;
      }
      all = holds === undefined ? undefined : all;
    }
    for (const term of terms) {
      const holds = this.termHolds(term);
      if (holds === false) {
        return false;
      }
      all = holds === undefined ? undefined : all;
    }
    return all;
  }

  private termHolds({ facts, negated }: UnknownTerm): boolean | undefined {
    let any: boolean | undefined = false;
    for (const fact of facts) {
      const value = this.facts.get(fact);
      if (value === true) {
        return !negated;
      }
      any = value === undefined ? undefined : any;
    }
    return any === undefined ? undefined : any !== negated;
  }
}
