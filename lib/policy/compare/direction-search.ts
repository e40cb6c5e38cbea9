import type { Letter } from '../match/glob';
import type { AccessLevel } from '../reference/access-level';
import { type ActionClass, levelsOf } from './action-classes';
import { type Assignment, isPossible, searchAssignment } from './assignment-search';
import type { Budget } from './budget';
import type { ComparedCaller } from './callers';
import { candidateWords } from './candidate-words';
import { changeScope } from './change-scope';
import type { ComparedSide, Vocabulary } from './compared-policies';
import type { ConditionStates } from './condition-states';
import { isAtomToken } from './glob-automaton';
import { LiteralForest } from './literal-forest';
import type { PatternAutomata } from './pattern-automata';
import type { ChangeScope, ChangeWitness } from './policy-comparison';
import { walkProduct } from './product-walk';
import type { Residue } from './residual';
import { Scene } from './scene';
import { NO, OPEN, type Truth } from './truth';
import type { BuiltWitness, WitnessBuilder } from './witness-builder';

/** A part of what was gained. */
export interface Gain {
  readonly pattern: number | undefined;
  readonly isFuture: boolean;
  readonly scope: ChangeScope;
  readonly levels: ReadonlySet<AccessLevel>;
  readonly isConfirmed: boolean;
  readonly witness?: ChangeWitness;
  /** Why it is not confirmed. */
  readonly because?: string;
}

/** What a search works with. */
export interface SearchParts {
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  readonly layers: number;
  readonly type: 'identity' | 'resource' | 'trust';
  readonly vocabulary: Vocabulary;
  readonly callers: readonly ComparedCaller[];
  readonly automata: PatternAutomata;
  readonly states: ConditionStates;
  readonly witnesses: WitnessBuilder;
  readonly budget: Budget;
}

/** A request found in one cell. */
interface Hit {
  readonly built: BuiltWitness;
  readonly truthOf: (pattern: number) => Truth;
}

const OUT_OF_BUDGET =
  'cannot decide, because the patterns and conditions are too many or too tangled to compare in time';
const UNKNOWN_VALUES =
  'cannot decide, because it depends on values that are not known before deployment or on policy variables';
const TOO_MANY_STATES = 'cannot decide, because the conditions on one key are too many to try all combinations';

/** Searches what one residue lets through in one direction, for one class of actions after the other. */
export class DirectionSearch {
  private readonly scenes = new Map<string, Scene>();

  public constructor(private readonly parts: SearchParts) {}

  /** The gain that a residue brings to a class of actions; undefined when there is none. */
  public gain(residue: Residue, actions: ActionClass, classNumber: number): Gain | undefined {
    let doubtful: Gain | undefined;
    for (const [index, caller] of this.parts.callers.entries()) {
      if (residue.statement.principalKey !== '' && caller.truths.get(residue.statement.principalKey) === NO) {
        continue;
      }
      const place = `${classNumber} ${index}`;
      const scene = this.scenes.get(place) ?? this.sceneOf(actions, caller);
      this.scenes.set(place, scene);
      const gain = this.explore(residue, actions, caller, scene);
      if (gain?.isConfirmed) {
        return gain;
      }
      doubtful ??= gain;
    }
    return doubtful;
  }

  private sceneOf(actions: ActionClass, caller: ComparedCaller): Scene {
    const { before, after, layers } = this.parts;
    this.parts.budget.spend(before.statements.length + after.statements.length);
    return Scene.of(before, after, layers, actions, caller);
  }

  private explore(residue: Residue, actions: ActionClass, caller: ComparedCaller, whole: Scene): Gain | undefined {
    const { automata, budget, states, type, vocabulary } = this.parts;
    const language = residue.pattern;
    const relations = automata.relations(whole, language, budget);
    const scene = whole.narrow(relations.keys());
    budget.spend(5 + scene.size);
    const related = (pattern: number): Truth => relations.get(pattern) ?? NO;
    const cell = new CellSearch(this.parts, scene, actions, caller);
    if (cell.isRuledOut(related)) {
      return budget.exhausted
        ? this.undecided(residue, actions, scene, OUT_OF_BUDGET)
        : this.incomplete(residue, actions, scene);
    }
    for (const word of candidateWords(language, scene.patterns, actions, type, vocabulary)) {
      const hit = automata.isIn(language, word, budget)
        ? cell.tryWord(word, (pattern) => automata.matches(pattern, word, budget))
        : undefined;
      if (hit !== undefined) {
        return this.gained(residue, actions, scene, hit);
      }
    }
    const end = this.walk(language, relations, cell);
    if (cell.hit !== undefined) {
      return this.gained(residue, actions, scene, cell.hit);
    }
    if (end === 'budget' || budget.exhausted || cell.isUndecided) {
      return this.undecided(residue, actions, scene, OUT_OF_BUDGET);
    }
    if (cell.doubt !== undefined) {
      return { ...this.gained(residue, actions, scene, cell.doubt), isConfirmed: false, because: UNKNOWN_VALUES };
    }
    return states.isIncomplete ? this.undecided(residue, actions, scene, TOO_MANY_STATES) : undefined;
  }

  private incomplete(residue: Residue, actions: ActionClass, scene: Scene): Gain | undefined {
    return this.parts.states.isIncomplete ? this.undecided(residue, actions, scene, TOO_MANY_STATES) : undefined;
  }

  private walk(
    language: number | undefined,
    relations: ReadonlyMap<number, Truth>,
    cell: CellSearch,
  ): 'found' | 'done' | 'budget' {
    const { automata, budget } = this.parts;
    const hasAtoms =
      language !== undefined && this.parts.vocabulary.patterns[language]?.tokens.some(isAtomToken) === true;
    const open = [...relations].filter(([, relation]) => relation === OPEN).map(([pattern]) => pattern);
    const inForest = hasAtoms ? [] : open.filter((pattern) => automata.forestTokens(pattern) !== undefined);
    const outside = open.filter((pattern) => !inForest.includes(pattern));
    const order = new Map([...inForest, ...outside].map((pattern, index) => [pattern, index]));
    const truthsBy = (truths: readonly Truth[]) => {
      return (pattern: number): Truth => truths[order.get(pattern) ?? -1] ?? relations.get(pattern) ?? NO;
    };
    return walkProduct(
      {
        universe: 'resources',
        language: automata.language(language),
        forest: LiteralForest.of(inForest.flatMap((pattern) => [automata.forestTokens(pattern) ?? []])),
        patterns: outside.map((pattern) => (hasAtoms ? automata.walked(pattern) : automata.walkedOnText(pattern))),
      },
      budget,
      {
        worthwhile: (truths) => !cell.isRuledOut(truthsBy(truths)),
        found: (truths, word) => cell.tryWord(word(), truthsBy(truths)) !== undefined,
      },
    );
  }

  private gained(residue: Residue, actions: ActionClass, scene: Scene, { built, truthOf }: Hit): Gain {
    const granting = scene.grantingPatterns(truthOf).filter((patterns) => patterns.length > 0);
    return {
      pattern: residue.pattern,
      isFuture: actions.isFuture,
      scope: changeScope([[residue.pattern], ...granting], scene.formerPatterns, actions, this.parts.vocabulary),
      levels: levelsOf(actions),
      isConfirmed: built.isConfirmed,
      witness: built.witness,
    };
  }

  private undecided(residue: Residue, actions: ActionClass, scene: Scene, because: string): Gain {
    return {
      pattern: residue.pattern,
      isFuture: actions.isFuture,
      scope: changeScope([[residue.pattern]], scene.formerPatterns, actions, this.parts.vocabulary),
      levels: levelsOf(actions),
      isConfirmed: false,
      because,
    };
  }
}

/** Asks, for cells of resources in which all patterns are decided, whether some context gains access. */
class CellSearch {
  /** A confirmed request. */
  public hit: Hit | undefined;
  /** A request that the evaluator did not confirm. */
  public doubt: Hit | undefined;
  /** Whether some cell was too much to search. */
  public isUndecided = false;
  private readonly answers = new Map<string, Assignment | 'none' | 'budget'>();

  public constructor(
    private readonly parts: SearchParts,
    private readonly scene: Scene,
    private readonly actions: ActionClass,
    private readonly caller: ComparedCaller,
  ) {}

  /** Whether no request of the cell gains access, for sure. Some patterns may be `OPEN`. */
  public isRuledOut(truthOf: (pattern: number) => Truth): boolean {
    return this.answer(truthOf) === 'none';
  }

  /** The confirmed request for a resource, if there is one. */
  public tryWord(word: readonly Letter[], truthOf: (pattern: number) => Truth): Hit | undefined {
    const assignment = this.answer(truthOf);
    if (typeof assignment === 'string') {
      return undefined;
    }
    const { actions, caller } = this;
    const hit = { built: this.parts.witnesses.build({ actions, caller, word, assignment }), truthOf };
    this.parts.budget.spend(100 + (this.parts.before.statements.length + this.parts.after.statements.length) / 2);
    if (hit.built.isConfirmed) {
      this.hit = hit;
      return hit;
    }
    this.doubt ??= hit;
    return undefined;
  }

  private answer(truthOf: (pattern: number) => Truth): Assignment | 'none' | 'budget' {
    const signature = this.scene.signature(truthOf);
    let answer = this.answers.get(signature);
    if (answer === undefined) {
      const { budget, states } = this.parts;
      const question = this.scene.question(truthOf);
      answer = isPossible(question) ? searchAssignment(question, states.keysOf(question, this.caller), budget) : 'none';
      this.isUndecided ||= answer === 'budget';
      this.answers.set(signature, answer);
    }
    return answer;
  }
}
