import { ANY } from '../match/glob';
import type { PatternToken } from './glob-automaton';

interface Node {
  readonly next: Map<string, number>;
  /** Patterns that are exactly the letters that lead here. */
  readonly exact: number[];
  /** The set of patterns, by its number, that match whatever follows. */
  settled: number;
}

/**
 * One automaton for all patterns that are plain text, or plain text and a `*` at the end.
 *
 * Almost all patterns of real policies are. Together they have as many states as they have different beginnings,
 * however many they are. States are numbers: nodes from 0, and below 0 those outside of the tree.
 */
export class LiteralForest {
  public readonly start = 0;
  private readonly nodes: Node[] = [];
  private readonly settledSets: (readonly number[])[] = [[]];

  private constructor(private readonly patterns: number) {}

  /** The patterns that fit in, by their place in the list. */
  public static of(patterns: readonly (readonly PatternToken[])[]): LiteralForest {
    const forest = new LiteralForest(patterns.length);
    const stars: number[][] = [[]];
    forest.nodes.push({ next: new Map(), exact: [], settled: 0 });
    patterns.forEach((tokens, pattern) => {
      const starred = tokens.at(-1) === ANY;
      let at = 0;
      for (const letter of starred ? tokens.slice(0, -1) : tokens) {
        const node = forest.nodes[at];
        if (node === undefined || typeof letter !== 'string') {
          throw new Error('not a plain pattern');
        }
        let next = node.next.get(letter);
        if (next === undefined) {
          next = forest.nodes.length;
          forest.nodes.push({ next: new Map(), exact: [], settled: 0 });
          stars.push([]);
          node.next.set(letter, next);
        }
        at = next;
      }
      (starred ? stars[at] : forest.nodes[at]?.exact)?.push(pattern);
    });
    forest.settle(stars);
    return forest;
  }

  /** Whether a pattern is plain text, with a `*` at the end or without. */
  public static fits(tokens: readonly PatternToken[]): boolean {
    return tokens.every((token, index) => typeof token === 'string' || (token === ANY && index === tokens.length - 1));
  }

  public step(state: number, letter: string): number {
    const node = this.nodes[state];
    if (node === undefined) {
      return state;
    }
    return node.next.get(letter) ?? -1 - node.settled;
  }

  /** The letters that lead deeper into the tree. */
  public literals(state: number): Iterable<string> {
    return this.nodes[state]?.next.keys() ?? [];
  }

  /** Whether a pattern asks for this letter anywhere. */
  public names(letter: string): boolean {
    return this.nodes.some((node) => node.next.has(letter));
  }

  /** The number of the set of patterns that match whatever follows. */
  public settled(state: number): number {
    return this.nodes[state]?.settled ?? -1 - state;
  }

  /** Whether patterns that are not settled can still match. */
  public isOpen(state: number): boolean {
    return state >= 0;
  }

  /** Two states with the same key accept the same patterns. */
  public acceptKey(state: number): number {
    return (this.nodes[state]?.exact.length ?? 0) > 0 ? state : -1 - this.settled(state);
  }

  /** Marks every pattern that matches the letters so far; of patterns that match whatever follows, always. */
  public mark(state: number, ended: boolean, matches: (pattern: number) => void): void {
    for (const pattern of this.settledSets[this.settled(state)] ?? []) {
      matches(pattern);
    }
    if (ended) {
      for (const pattern of this.nodes[state]?.exact ?? []) {
        matches(pattern);
      }
    }
  }

  /** How many patterns there are. */
  public get size(): number {
    return this.patterns;
  }

  /** Parents come before their children, so each node's set is its parent's and its own. */
  private settle(stars: readonly (readonly number[])[]): void {
    this.nodes.forEach((node, index) => {
      const own = stars[index] ?? [];
      if (own.length > 0) {
        this.settledSets.push([...(this.settledSets[node.settled] ?? []), ...own]);
        node.settled = this.settledSets.length - 1;
      }
      for (const child of node.next.values()) {
        const next = this.nodes[child];
        if (next !== undefined) {
          next.settled = node.settled;
        }
      }
    });
  }
}
