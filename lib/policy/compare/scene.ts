import type { ActionClass } from './action-classes';
import type { Conjunction, Question } from './assignment-search';
import type { ComparedCaller } from './callers';
import { principalFact } from './callers';
import type { UnknownTerm } from './compared-condition';
import type { ComparedSide, ComparedStatement, ResourceElement } from './compared-policies';
import { anyOf, FREE, NO, negation, OPEN, type Truth, YES } from './truth';

/** A statement whose action and principal match, or may. */
interface LiveStatement {
  readonly isAfter: boolean;
  readonly layer: number;
  readonly deny: boolean;
  readonly conditions: readonly number[];
  readonly terms: readonly UnknownTerm[];
  readonly resources: ResourceElement;
}

/** All that matters to one class of actions and one caller. */
export class Scene {
  /** The patterns of the resources that matter, by number. */
  public readonly patterns: readonly number[];
  private readonly statements: readonly LiveStatement[];

  public constructor(
    before: ComparedSide,
    after: ComparedSide,
    private readonly layers: number,
    { actions }: ActionClass,
    caller: ComparedCaller,
  ) {
    const [action] = actions;
    const live = (statement: ComparedStatement, isAfter: boolean): LiveStatement[] => {
      const named = statement.principalKey === '' ? YES : (caller.truths.get(statement.principalKey) ?? NO);
      const acted = action === undefined ? NO : statement.actions.matches(action);
      if (named === NO || acted === NO) {
        return [];
      }
      const { layer, deny, conditions, resources } = statement;
      const facts = [
        ...(named === FREE ? [principalFact(statement.principalKey)] : []),
        ...(acted === FREE ? statement.actions.unknown.map((name) => `atom action ${name}`) : []),
      ];
      const negated = acted === FREE && statement.actions.negated;
      const terms =
        named === FREE && acted === FREE
          ? [
              { facts: facts.slice(0, 1), negated: false },
              { facts: facts.slice(1), negated },
            ]
          : facts.length > 0
            ? [{ facts, negated }]
            : [];
      return [{ isAfter, layer, deny, conditions, resources, terms }];
    };
    this.statements = [
      ...before.statements.flatMap((statement) => live(statement, false)),
      ...after.statements.flatMap((statement) => live(statement, true)),
    ];
    this.patterns = [...new Set(this.statements.flatMap(({ resources }) => resources.patterns))];
  }

  /**
   * The question of what is gained, where patterns match as told. Where a pattern is `OPEN` the question is at least as
   * wide: its answer "none" is right for all words, another answer is not sure.
   */
  public question(truthOf: (pattern: number) => Truth): Question {
    const afterDenies: Conjunction[] = [];
    const beforeDenies: Conjunction[] = [];
    const afterLayers = Array.from({ length: this.layers }, (): Conjunction[] => []);
    const beforeLayers = Array.from({ length: this.layers }, (): Conjunction[] => []);
    for (const statement of this.statements) {
      const truth = resourceTruth(statement.resources, truthOf);
      const widens = statement.isAfter !== statement.deny;
      if (truth === NO || (truth === OPEN && !widens)) {
        continue;
      }
      const conjunction = truth === FREE ? withFact(statement, truthOf) : statement;
      const { conditions, terms } = conjunction;
      const list = statement.deny
        ? statement.isAfter
          ? afterDenies
          : beforeDenies
        : (statement.isAfter ? afterLayers : beforeLayers)[statement.layer];
      list?.push({ conditions, terms });
    }
    return { afterDenies, afterLayers, beforeDenies, beforeLayers };
  }

  /** Two cells with the same signature have the same question. */
  public signature(truthOf: (pattern: number) => Truth): string {
    return this.statements
      .map(({ resources }) => {
        const truth = resourceTruth(resources, truthOf);
        return truth === FREE ? `(${freePatterns(resources, truthOf).join()})` : truth;
      })
      .join('');
  }

  /** Patterns of the Allows of `after`, layer by layer, that the truths say match. */
  public grantingPatterns(truthOf: (pattern: number) => Truth): (number | undefined)[][] {
    return Array.from({ length: this.layers }, (_, layer) =>
      this.statements
        .filter((statement) => statement.isAfter && !statement.deny && statement.layer === layer)
        .flatMap<number | undefined>(({ resources }) =>
          resources.negated ? [undefined] : resources.patterns.filter((pattern) => truthOf(pattern) !== NO),
        ),
    );
  }

  /** Patterns of the Allows of `before`. */
  public get formerPatterns(): number[] {
    return this.statements
      .filter((statement) => !statement.isAfter && !statement.deny && !statement.resources.negated)
      .flatMap(({ resources }) => resources.patterns);
  }
}

function withFact(statement: LiveStatement, truthOf: (pattern: number) => Truth): Conjunction {
  const facts = freePatterns(statement.resources, truthOf).map(patternFact);
  return { ...statement, terms: [...statement.terms, { facts, negated: statement.resources.negated }] };
}

/** The fact that a pattern matches the resource asked about, where atoms leave that open. */
export function patternFact(pattern: number): string {
  return `pattern ${pattern}`;
}

function resourceTruth({ negated, patterns }: ResourceElement, truthOf: (pattern: number) => Truth): Truth {
  const any = anyOf(patterns.map(truthOf));
  return negated ? negation(any) : any;
}

function freePatterns({ patterns }: ResourceElement, truthOf: (pattern: number) => Truth): number[] {
  return patterns.filter((pattern) => truthOf(pattern) === FREE);
}
