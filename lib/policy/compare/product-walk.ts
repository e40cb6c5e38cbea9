import type { Letter } from '../match/glob';
import type { Budget } from './budget';
import { DEAD, type GlobAutomaton } from './glob-automaton';
import type { LiteralForest } from './literal-forest';
import { FREE, NO, OPEN, type Truth, YES } from './truth';
import { isHopeless, isWord, stepUniverse, universeLetters, type WordUniverse } from './word-universe';

/** A pattern that has an automaton of its own. */
export interface WalkedPattern {
  /** Accepts only what matches for sure. */
  readonly must: GlobAutomaton;
  /** Accepts whatever may match; the same object where nothing is unknown. */
  readonly may: GlobAutomaton;
}

/** The words to look at, and the patterns that tell them apart. */
export interface Walk {
  readonly universe: WordUniverse;
  /** Only words of this pattern. */
  readonly language: GlobAutomaton;
  /** Patterns numbered from 0. Never together with atoms in `language`. */
  readonly forest: LiteralForest;
  /** Patterns numbered on from those of the forest. */
  readonly patterns: readonly WalkedPattern[];
}

/** What the walk tells, and asks. */
export interface WalkVisitor {
  /** Whether it can matter which words come: `OPEN` patterns may match some of them and not others. */
  worthwhile(truths: readonly Truth[]): boolean;
  /** A new combination of patterns, and the shortest word that has it. True ends the walk. */
  found(truths: readonly Truth[], word: () => Letter[]): boolean;
}

/** Letters for "any other", the most ordinary first. */
const ORDINARY = Array.from('exampl0123456789bcdfghijkoqrstuvwyzABCDEFGHIJKLMNOPQRSTUVWXYZ');

/**
 * Visits every combination of patterns that some word has, the ones with the shortest words first.
 *
 * @returns `found` when the visitor ended the walk, `done` when there are no more, `budget` when there may be.
 */
export function walkProduct(walk: Walk, budget: Budget, visitor: WalkVisitor): 'found' | 'done' | 'budget' {
  return new ProductWalk(walk, budget, visitor).run();
}

class ProductWalk {
  /** A state is: the language's, the universe's, the forest's, then two for each pattern. */
  private readonly states: number[][] = [];
  private readonly parents: number[] = [];
  private readonly letters: Letter[] = [];
  private readonly known = new Set<string>();
  private readonly worth = new Map<string, boolean>();
  private readonly seen = new Set<string>();
  private readonly other: string;

  public constructor(
    private readonly walk: Walk,
    private readonly budget: Budget,
    private readonly visitor: WalkVisitor,
  ) {
    this.other = ORDINARY.find((letter) => !this.isNamed(letter)) ?? '\u{10FFFF}';
  }

  public run(): 'found' | 'done' | 'budget' {
    const { language, forest, patterns } = this.walk;
    this.add(
      [language.start, 0, forest.start, ...patterns.flatMap(({ must, may }) => [must.start, may.start])],
      -1,
      '',
    );
    for (let index = 0; index < this.states.length; index++) {
      const state = this.states[index] ?? [];
      if (this.isAccepted(state) && this.report(state, index)) {
        return 'found';
      }
      if (this.isWorthwhile(state)) {
        for (const letter of this.lettersFrom(state)) {
          this.follow(state, index, letter);
        }
      }
      if (this.budget.exhausted) {
        return 'budget';
      }
    }
    return 'done';
  }

  private follow(state: readonly number[], index: number, letter: Letter): void {
    const { language, universe, forest, patterns } = this.walk;
    const before = language.work;
    const inLanguage = language.step(state[0] ?? DEAD, letter);
    this.budget.spend((language.work - before) / 2);
    const inUniverse = stepUniverse(state[1] ?? 0, letter);
    if (inLanguage === DEAD || isHopeless(universe, inUniverse)) {
      return;
    }
    const next = [inLanguage, inUniverse, typeof letter === 'string' ? forest.step(state[2] ?? 0, letter) : -1];
    patterns.forEach(({ must, may }, pattern) => {
      const work = must.work + may.work;
      const reached = must.step(state[3 + 2 * pattern] ?? DEAD, letter);
      next.push(reached, must === may ? reached : may.step(state[4 + 2 * pattern] ?? DEAD, letter));
      this.budget.spend((must.work + may.work - work) / 2);
    });
    this.budget.spend(2 + patterns.length / 4);
    this.add(next, index, letter);
  }

  private add(state: number[], parent: number, letter: Letter): void {
    const key = state.join();
    if (!this.known.has(key)) {
      this.known.add(key);
      this.states.push(state);
      this.parents.push(parent);
      this.letters.push(letter);
    }
  }

  private isAccepted(state: readonly number[]): boolean {
    return this.walk.language.accepts(state[0] ?? DEAD) && isWord(this.walk.universe, state[1] ?? 0);
  }

  private report(state: readonly number[], index: number): boolean {
    const { forest, patterns } = this.walk;
    const truths: Truth[] = Array.from({ length: forest.size }, () => NO);
    const forestState = state[2] ?? 0;
    let key = `${forest.acceptKey(forestState)} `;
    for (const [pattern, { must, may }] of patterns.entries()) {
      const matches = must.accepts(state[3 + 2 * pattern] ?? DEAD);
      const truth = matches ? YES : may !== must && may.accepts(state[4 + 2 * pattern] ?? DEAD) ? FREE : NO;
      truths.push(truth);
      key += truth;
    }
    if (this.seen.has(key)) {
      return false;
    }
    this.seen.add(key);
    forest.mark(forestState, true, (pattern) => {
      truths[pattern] = YES;
    });
    return this.visitor.found(truths, () => this.wordAt(index));
  }

  private isWorthwhile(state: readonly number[]): boolean {
    const { forest, patterns } = this.walk;
    const forestState = state[2] ?? 0;
    let key = `${forest.isOpen(forestState)}${forest.settled(forestState)} `;
    const standing: Truth[] = patterns.map(({ must }, pattern) => {
      const truth = standingOf(must, state[3 + 2 * pattern] ?? DEAD, state[4 + 2 * pattern] ?? DEAD);
      key += truth;
      return truth;
    });
    let worth = this.worth.get(key);
    if (worth === undefined) {
      const open = forest.isOpen(forestState) ? OPEN : NO;
      const truths: Truth[] = Array.from({ length: forest.size }, () => open);
      forest.mark(forestState, false, (pattern) => {
        truths[pattern] = YES;
      });
      worth = this.visitor.worthwhile([...truths, ...standing]);
      this.worth.set(key, worth);
    }
    return worth;
  }

  /** All letters between which no pattern makes a difference are one letter. */
  private lettersFrom(state: readonly number[]): Iterable<Letter> {
    const { language, universe, forest, patterns } = this.walk;
    const inLanguage = state[0] ?? DEAD;
    const letters = new Set<Letter>(language.literals(inLanguage));
    const wildcards = language.wildcards(inLanguage);
    if (wildcards !== 'none') {
      letters.add(this.other);
      addAll(letters, universeLetters(universe, state[1] ?? 0));
      addAll(letters, forest.literals(state[2] ?? 0));
      let colon = wildcards === 'but colon';
      patterns.forEach(({ must, may }, pattern) => {
        for (const [automaton, at] of [
          [must, state[3 + 2 * pattern] ?? DEAD] as const,
          [may, state[4 + 2 * pattern] ?? DEAD] as const,
        ]) {
          addAll(letters, automaton.literals(at));
          colon ||= automaton.wildcards(at) === 'but colon';
        }
      });
      if (colon) {
        letters.add(':');
      }
    }
    return [...letters, ...language.atoms(inLanguage)];
  }

  private isNamed(letter: string): boolean {
    const { language, forest, patterns } = this.walk;
    return (
      forest.names(letter) ||
      language.names(letter) ||
      patterns.some(({ must, may }) => must.names(letter) || may.names(letter))
    );
  }

  private wordAt(index: number): Letter[] {
    const word: Letter[] = [];
    for (let at = index; (this.parents[at] ?? -1) >= 0; at = this.parents[at] ?? -1) {
      word.push(this.letters[at] ?? '');
    }
    return word.reverse();
  }
}

function standingOf(must: GlobAutomaton, mustState: number, mayState: number): Truth {
  if (must.isUniversal(mustState)) {
    return YES;
  }
  return mayState === DEAD ? NO : OPEN;
}

function addAll<T>(set: Set<T>, items: Iterable<T>): void {
  for (const item of items) {
    set.add(item);
  }
}
