import type { Atom } from '../document/text';
import { ANY, ANY_IN_PART, type GlobToken, type Letter, ONE, ONE_IN_PART } from '../match/glob';

/** A letter in either case. */
export interface FoldedLetter {
  readonly fold: string;
}

/** One letter of a pattern. */
export type PatternToken = GlobToken | FoldedLetter;

/**
 * What an atom in the pattern means:
 *
 * - `word`: the very letter; the pattern describes symbolic words. A `?` takes no atom.
 * - `must`: only itself and `*` take it, so a match holds whatever the atom stands for.
 * - `may`: it may stand for any text, in the pattern and in the word, so no match means that none is possible.
 */
export type AtomMode = 'word' | 'must' | 'may';

/** The state from which nothing matches any more. */
export const DEAD = 0;

interface State {
  /** Places in the pattern that the letters so far lead to. */
  readonly places: readonly number[];
  /** While the word repeats the pattern token by token: the place; else -1. */
  readonly identical: number;
  readonly steps: Map<string, number>;
  literals?: readonly string[];
}

/** The deterministic automaton of one pattern or of several alternatives, made state by state as it is walked. */
export class GlobAutomaton {
  public readonly start: number;
  /** How much has been done to make states so far: the sum of their places. */
  public work = 0;
  private readonly tokens: (PatternToken | undefined)[] = [];
  private readonly states: State[] = [{ places: [], identical: -1, steps: new Map() }];
  private readonly byKey = new Map<string, number>();

  /** @param isPlain Whether an atom holds no wildcard: then equal atoms after equal beginnings take each other only. */
  public constructor(
    alternatives: readonly (readonly PatternToken[])[],
    private readonly mode: AtomMode,
    private readonly isPlain: (atom: string) => boolean = () => false,
  ) {
    const starts = alternatives.map((alternative) => {
      const place = this.tokens.length;
      for (const token of alternative) {
        this.tokens.push(token);
      }
      this.tokens.push(undefined);
      return place;
    });
    this.start = this.stateOf(starts, starts.length === 1 ? 0 : -1);
  }

  public step(from: number, letter: Letter): number {
    const state = this.states[from];
    if (state === undefined || from === DEAD) {
      return DEAD;
    }
    const key = typeof letter === 'string' ? letter : `atom ${letter.atom}`;
    let next = state.steps.get(key);
    if (next === undefined) {
      next = this.follow(state, letter);
      state.steps.set(key, next);
    }
    return next;
  }

  public accepts(state: number): boolean {
    return this.places(state).some((place) => this.tokens[place] === undefined);
  }

  /** Whether the pattern asks for this letter anywhere. */
  public names(letter: string): boolean {
    return this.tokens.some((token) => token === letter || (isFolded(token) && token.fold === letter.toLowerCase()));
  }

  /** Whether everything matches from here on. */
  public isUniversal(state: number): boolean {
    return this.places(state).some((place) => this.tokens[place] === ANY && this.endsInStars(place));
  }

  /** The letters that some place of the state asks for by name. */
  public literals(state: number): readonly string[] {
    const found = this.states[state];
    if (found === undefined) {
      return [];
    }
    found.literals ??= [
      ...new Set(
        found.places.flatMap((place) => {
          const token = this.tokens[place];
          if (typeof token === 'string') {
            return [token];
          }
          return isFolded(token) ? bothCases(token.fold) : [];
        }),
      ),
    ];
    return found.literals;
  }

  /** The atoms that some place of the state asks for. */
  public atoms(state: number): readonly Atom[] {
    return this.places(state)
      .map((place) => this.tokens[place])
      .filter((token): token is Atom => isAtomToken(token));
  }

  /** Whether letters that no pattern names lead on from here, and whether a colon is not one of them. */
  public wildcards(state: number): 'none' | 'any' | 'but colon' {
    const tokens = this.places(state).map((place) => this.tokens[place]);
    if (tokens.some((token) => token === ANY_IN_PART || token === ONE_IN_PART)) {
      return 'but colon';
    }
    return tokens.some((token) => token === ANY || token === ONE || (this.mode === 'may' && isAtomToken(token)))
      ? 'any'
      : 'none';
  }

  private places(state: number): readonly number[] {
    return this.states[state]?.places ?? [];
  }

  private follow(state: State, letter: Letter): number {
    if (typeof letter === 'object' && this.mode === 'may') {
      return this.followUnknown(state, letter);
    }
    const next: number[] = [];
    for (const place of state.places) {
      const token = this.tokens[place];
      if (this.takes(token, letter)) {
        next.push(this.repeats(token) ? place : place + 1);
      }
    }
    const repeated = state.identical >= 0 && this.tokens[state.identical] === letter;
    return this.stateOf(next, repeated ? state.identical + 1 : -1);
  }

  /** An atom in the word may be any text, so it leads to every later place of the same alternative. */
  private followUnknown(state: State, letter: Atom): number {
    const token = state.identical >= 0 ? this.tokens[state.identical] : undefined;
    if (isAtomToken(token) && token.atom === letter.atom && this.isPlain(letter.atom)) {
      return this.stateOf([state.identical + 1], state.identical + 1);
    }
    const next = new Set<number>();
    for (const place of state.places) {
      for (let later = place; !next.has(later); later++) {
        next.add(later);
        if (this.tokens[later] === undefined) {
          break;
        }
      }
    }
    return this.stateOf([...next], -1);
  }

  private stateOf(reached: readonly number[], identical: number): number {
    const places = new Set<number>();
    for (let place of reached) {
      places.add(place);
      while (this.repeats(this.tokens[place])) {
        place += 1;
        places.add(place);
      }
    }
    if (places.size === 0) {
      return DEAD;
    }
    this.work += places.size;
    const sorted = [...places].sort((a, b) => a - b);
    const key = `${identical} ${sorted.join()}`;
    let state = this.byKey.get(key);
    if (state === undefined) {
      state = this.states.length;
      this.states.push({ places: sorted, identical, steps: new Map() });
      this.byKey.set(key, state);
    }
    return state;
  }

  private takes(token: PatternToken | undefined, letter: Letter): boolean {
    const isLiteral = typeof letter === 'string';
    switch (token) {
      case undefined:
        return false;
      case ANY:
        return true;
      case ANY_IN_PART:
        return isLiteral && letter !== ':';
      case ONE:
        return isLiteral;
      case ONE_IN_PART:
        return isLiteral && letter !== ':';
      default:
        if (isFolded(token)) {
          return isLiteral && letter.toLowerCase() === token.fold;
        }
        if (isAtomToken(token)) {
          return isLiteral ? this.mode === 'may' : letter.atom === token.atom;
        }
        return token === letter;
    }
  }

  private repeats(token: PatternToken | undefined): boolean {
    return token === ANY || token === ANY_IN_PART || (this.mode === 'may' && isAtomToken(token));
  }

  private endsInStars(place: number): boolean {
    let at = place;
    while (this.tokens[at] === ANY) {
      at += 1;
    }
    return this.tokens[at] === undefined;
  }
}

/** Whether the token is an atom. */
export function isAtomToken(token: PatternToken | undefined): token is Atom {
  return typeof token === 'object' && 'atom' in token;
}

function isFolded(token: PatternToken | undefined): token is FoldedLetter {
  return typeof token === 'object' && 'fold' in token;
}

/** Some letters have no single upper-case letter. */
function bothCases(lower: string): string[] {
  const upper = lower.toUpperCase();
  return Array.from(upper).length === 1 && upper.toLowerCase() === lower ? [lower, upper] : [lower];
}
