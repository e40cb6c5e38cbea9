import { ANY, type GlobToken, type Letter } from '../match/glob';
import type { ComparedPattern, Vocabulary } from './compared-policies';
import { DEAD, GlobAutomaton, isAtomToken } from './glob-automaton';
import { covers } from './glob-cover';
import { LiteralForest } from './literal-forest';
import type { WalkedPattern } from './product-walk';
import { type ArnReading, type ResourceTokens, resourceTokens, variableOf } from './resource-tokens';
import { FREE, NO, OPEN, type Truth, YES } from './truth';

/** The automata of the patterns of one comparison under one reading, each made when it is first needed. */
export class PatternAutomata {
  private readonly compiled = new Map<number, ResourceTokens>();
  private readonly languages = new Map<number | undefined, GlobAutomaton>();
  private readonly walkedPatterns = new Map<number, WalkedPattern>();
  private readonly relations = new Map<string, Truth>();

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

  /** Whether a pattern matches all words of another, or none, as far as their texts tell; else `OPEN`. */
  public relation(pattern: number, language: number | undefined): Truth {
    if (pattern === language) {
      return YES;
    }
    const key = `${pattern} ${language}`;
    let relation = this.relations.get(key);
    if (relation === undefined) {
      const everything: readonly (readonly GlobToken[])[] = [[ANY]];
      const words = language === undefined ? everything : this.tokens(language).may;
      const { must, may } = this.tokens(pattern);
      const isNo = words.every((word) => may.every((alternative) => clash(alternative, word)));
      const isYes = !isNo && words.every((word) => must.some((alternative) => covers(alternative, word)));
      relation = isNo ? NO : isYes ? YES : OPEN;
      this.relations.set(key, relation);
    }
    return relation;
  }

  /** Whether a pattern matches one word. */
  public matches(pattern: number, word: readonly Letter[]): Truth {
    const { must, may } = word.some(isAtomToken) ? this.walked(pattern) : this.walkedOnText(pattern);
    if (accepts(must, word)) {
      return YES;
    }
    return may !== must && accepts(may, word) ? FREE : NO;
  }

  /** Whether the word is one of a pattern's. */
  public isIn(language: number | undefined, word: readonly Letter[]): boolean {
    return accepts(this.language(language), word);
  }
}

function accepts(automaton: GlobAutomaton, word: readonly Letter[]): boolean {
  let state = automaton.start;
  for (const letter of word) {
    state = automaton.step(state, letter);
    if (state === DEAD) {
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
