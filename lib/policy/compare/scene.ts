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

/** All that matters to one class of actions and one caller, or to some of their resources. */
export class Scene {
  /** The patterns of the resources that matter, by number. */
  public readonly patterns: readonly number[];
  private byPattern: ReadonlyMap<number, readonly number[]> | undefined;

  private constructor(
    private readonly statements: readonly LiveStatement[],
    private readonly layers: number,
  ) {
    this.patterns = [...new Set(statements.flatMap(({ resources }) => resources.patterns))];
  }

  /** The scene of a class of actions and a caller. */
  public static of(
    before: ComparedSide,
    after: ComparedSide,
    layers: number,
    actions: ActionClass,
    caller: ComparedCaller,
  ): Scene {
    const statements = [
      ...before.statements.flatMap((statement) => liveStatement(statement, false, actions, caller)),
      ...after.statements.flatMap((statement) => liveStatement(statement, true, actions, caller)),
    ];
    return new Scene(statements, layers);
  }

  /** The part of the scene that resources see of which only these patterns may match some. */
  public narrow(patterns: Iterable<number>): Scene {
    this.byPattern ??= placesByPattern(this.statements);
    const places = new Set(this.byPattern.get(NEGATED));
    const related = new Set(patterns);
    for (const pattern of related) {
      for (const place of this.byPattern.get(pattern) ?? []) {
        places.add(place);
      }
    }
    const statements = [...places]
      .sort((a, b) => a - b)
      .flatMap((place) => this.statements[place] ?? [])
      .map((statement) => ({
        ...statement,
        resources: {
          ...statement.resources,
          patterns: statement.resources.patterns.filter((pattern) => related.has(pattern)),
        },
      }));
    return new Scene(statements, this.layers);
  }

  /** How many statements matter. */
  public get size(): number {
    return this.statements.length;
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

/** Stands for NotResource among the numbers of patterns. */
const NEGATED = -1;

function placesByPattern(statements: readonly LiveStatement[]): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  statements.forEach(({ resources }, place) => {
    for (const pattern of resources.negated ? [NEGATED] : resources.patterns) {
      const known = places.get(pattern) ?? [];
      places.set(pattern, known);
      known.push(place);
    }
  });
  return places;
}

function liveStatement(
  statement: ComparedStatement,
  isAfter: boolean,
  { actions }: ActionClass,
  caller: ComparedCaller,
): LiveStatement[] {
  const [action] = actions;
  const named = statement.principalKey === '' ? YES : (caller.truths.get(statement.principalKey) ?? NO);
  const acted = action === undefined ? NO : statement.actions.matches(action);
  if (named === NO || acted === NO) {
    return [];
  }
  const { layer, deny, conditions, resources } = statement;
  const terms: UnknownTerm[] = [];
  if (named === FREE) {
    terms.push({ facts: [principalFact(statement.principalKey)], negated: false });
  }
  if (acted === FREE) {
    const facts = statement.actions.unknown.map((name) => `atom action ${name}`);
    terms.push({ facts, negated: statement.actions.negated });
  }
  return [{ isAfter, layer, deny, conditions, resources, terms }];
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
