import { ANY, type GlobToken, type Letter } from '../match/glob';
import type { Budget } from './budget';
import type { ComparedPattern, Vocabulary } from './compared-policies';
import { DEAD, GlobAutomaton, isAtomToken } from './glob-automaton';
import { covers } from './glob-cover';
import { LiteralForest } from './literal-forest';
import { PrefixIndex } from './prefix-index';
import type { WalkedPattern } from './product-walk';
import { type ArnReading, type ResourceTokens, resourceTokens, variableOf } from './resource-tokens';
import type { Scene } from './scene';
import { FREE, NO, OPEN, type Truth, YES } from './truth';

/** The automata of the patterns of one comparison under one reading, each made when it is first needed. */
export class PatternAutomata {
  private readonly compiled = new Map<number, ResourceTokens>();
  private readonly languages = new Map<number | undefined, GlobAutomaton>();
  private readonly walkedPatterns = new Map<number, WalkedPattern>();
  private readonly prefixes = new Map<number, string>();
  private readonly indexes = new WeakMap<Scene, PrefixIndex>();

  public constructor(
    private readonly vocabulary: Vocabulary,
    private readonly reading: ArnReading,
    private readonly isPlainAtom: (atom: string) => boolean,
  ) {}

  public tokens(pattern: number): ResourceTokens {
    let tokens = this.compiled.get(pattern);
    if (tokens === undefined) {
      const { tokens: written, complete }: ComparedPattern = this.vocabulary.patterns[pattern] ?? {
        tokens: [],
        complete: false,
        written: [],
      };
      tokens = resourceTokens(written, complete, this.reading, this.isPlainAtom);
      this.compiled.set(pattern, tokens);
    }
    return tokens;
  }

  /** All words of a pattern, with its atoms as letters; undefined stands for every word. */
  public language(pattern: number | undefined): GlobAutomaton {
    let automaton = this.languages.get(pattern);
    if (automaton === undefined) {
      automaton = new GlobAutomaton(pattern === undefined ? [[ANY]] : this.tokens(pattern).may, 'word');
      this.languages.set(pattern, automaton);
    }
    return automaton;
  }

  public walked(pattern: number): WalkedPattern {
    let walked = this.walkedPatterns.get(pattern);
    if (walked === undefined) {
      const { must, may } = this.tokens(pattern);
      // Without atoms in the pattern the two differ only on words with atoms, and there `may` is the wider one.
      walked = {
        must: new GlobAutomaton(must, 'must'),
        may: new GlobAutomaton(may, 'may', (atom) => variableOf({ atom }) !== undefined || this.isPlainAtom(atom)),
      };
      this.walkedPatterns.set(pattern, walked);
    }
    return walked;
  }

  /** The same, for words without atoms: then a pattern without atoms needs one automaton only. */
  public walkedOnText(pattern: number): WalkedPattern {
    const walked = this.walked(pattern);
    return this.tokens(pattern).opaque ? walked : { must: walked.must, may: walked.must };
  }

  /** The tokens of a pattern that fits in the forest, else undefined. */
  public forestTokens(pattern: number): readonly GlobToken[] | undefined {
    const { must } = this.tokens(pattern);
    const [only, ...more] = must;
    return only !== undefined && more.length === 0 && LiteralForest.fits(only) ? only : undefined;
  }

  /**
   * How the patterns of a scene relate to another one: whether a pattern matches all of its words, or may match some
   * (`OPEN`), as far as their texts tell. Those that match none are left out.
   */
  public relations(scene: Scene, language: number | undefined, budget: Budget): Map<number, Truth> {
    let index = this.indexes.get(scene);
    if (index === undefined) {
      index = new PrefixIndex(scene.patterns.map((pattern) => [this.prefix(pattern), pattern] as const));
      this.indexes.set(scene, index);
      budget.spend(scene.patterns.length);
    }
    const near = language === undefined ? scene.patterns : index.near(this.prefix(language));
    budget.spend(5 + 2 * near.length);
    const relations = new Map<number, Truth>();
    for (const pattern of near) {
      const relation = this.relation(pattern, language);
      if (relation !== NO) {
        relations.set(pattern, relation);
      }
    }
    return relations;
  }

  private relation(pattern: number, language: number | undefined): Truth {
    if (pattern === language) {
      return YES;
    }
    const everything: readonly (readonly GlobToken[])[] = [[ANY]];
    const words = language === undefined ? everything : this.tokens(language).may;
    const { must, may } = this.tokens(pattern);
    if (words.every((word) => may.every((alternative) => clash(alternative, word)))) {
      return NO;
    }
    return words.every((word) => must.some((alternative) => covers(alternative, word))) ? YES : OPEN;
  }

  /** The text that all words of a pattern begin with. */
  private prefix(pattern: number): string {
    let prefix = this.prefixes.get(pattern);
    if (prefix === undefined) {
      const tokens = this.vocabulary.patterns[pattern]?.tokens ?? [];
      const end = tokens.findIndex((token) => typeof token !== 'string');
      prefix = tokens.slice(0, end < 0 ? tokens.length : end).join('');
      this.prefixes.set(pattern, prefix);
    }
    return prefix;
  }

  /** Whether a pattern matches one word. Once the budget is spent the answer means nothing. */
  public matches(pattern: number, word: readonly Letter[], budget: Budget): Truth {
    const { must, may } = word.some(isAtomToken) ? this.walked(pattern) : this.walkedOnText(pattern);
    if (accepts(must, word, budget)) {
      return YES;
    }
    return may !== must && accepts(may, word, budget) ? FREE : NO;
  }

  /** Whether the word is one of a pattern's. */
  public isIn(language: number | undefined, word: readonly Letter[], budget: Budget): boolean {
    return accepts(this.language(language), word, budget);
  }
}

function accepts(automaton: GlobAutomaton, word: readonly Letter[], budget: Budget): boolean {
  let state = automaton.start;
  for (const letter of word) {
    const { work } = automaton;
    state = automaton.step(state, letter);
    if (state === DEAD || !budget.spend((automaton.work - work) / 2)) {
      return false;
    }
  }
  return automaton.accepts(state);
}

/** Whether two patterns begin with different texts, or are two texts. */
function clash(a: readonly GlobToken[], b: readonly GlobToken[]): boolean {
  for (let index = 0; index < a.length || index < b.length; index++) {
    const left = a[index];
    const right = b[index];
    if (left !== right) {
      return isTextOrEnd(left) && isTextOrEnd(right);
    }
    if (typeof left !== 'string') {
      return false;
    }
  }
  return false;
}

function isTextOrEnd(token: GlobToken | undefined): boolean {
  return token === undefined || typeof token === 'string';
}
