import { matchesAction } from '../match/action-glob';
import { ANY_IN_PART, globTokens, ONE_IN_PART } from '../match/glob';
import { actionCatalogue } from './action-catalogue';
import type { Budget } from './budget';
import { GlobAutomaton } from './glob-automaton';
import { LiteralForest } from './literal-forest';
import { walkProduct } from './product-walk';

/** Names that AWS could give an action. */
const NEW_NAMES = ['NewAction', 'FutureAction', 'AddedAction', 'XAction', 'Q9Action'];

/**
 * Names of actions that AWS may add, at least one for each way in which patterns of actions can match a new name.
 *
 * @param patterns In lower case.
 * @returns undefined when the budget ran out.
 */
export function futureActions(patterns: Iterable<string>, budget: Budget): string[] | undefined {
  const wildcards = [...new Set(patterns)].filter((pattern) => /[*?]/.test(pattern) && !/^\*+(:\*+)?$/.test(pattern));
  const prefixes = wildcards.map((pattern) => pattern.replace(/\*+$/, ''));
  const simple = wildcards.every(
    (pattern, index) => pattern !== prefixes[index] && !/[*?]/.test(prefixes[index] ?? ''),
  );
  const names = simple ? namesUnder(prefixes) : walkedNames(wildcards, budget);
  budget.spend(wildcards.length * 10);
  return names && [...new Set(['example:NewAction', ...names])].filter((name) => !isKnown(name));
}

/** A name under each prefix and under no longer one. */
function namesUnder(prefixes: readonly string[]): string[] {
  return prefixes.flatMap((prefix) => {
    const start = prefix.includes(':') ? prefix : `${prefix}new:`;
    const longer = prefixes.filter((other) => other.length > prefix.length && other.startsWith(prefix));
    const isFree = (name: string): boolean => !longer.some((other) => name.toLowerCase().startsWith(other));
    const names = NEW_NAMES.map((name) => start + name);
    const services = prefix.includes(':') ? [] : NEW_NAMES.map((name) => `${prefix}${name.toLowerCase()}:${name}`);
    return [...names, ...services].find(isFree) ?? letterBy(start, isFree);
  });
}

function letterBy(start: string, isFree: (name: string) => boolean): string[] {
  const found = Array.from('abcdefghijklmnopqrstuvwxyz0123456789').find((letter) => isFree(`${start}${letter}9`));
  return found === undefined ? [] : [`${start}${found}9`];
}

function walkedNames(patterns: readonly string[], budget: Budget): string[] | undefined {
  const tokens = patterns.map((pattern) => globTokens([pattern]));
  const outside = tokens.filter((pattern) => !LiteralForest.fits(pattern));
  const names: string[] = [];
  const end = walkProduct(
    {
      universe: 'texts',
      language: new GlobAutomaton([[ONE_IN_PART, ANY_IN_PART, ':', ONE_IN_PART, ANY_IN_PART]], 'must'),
      forest: LiteralForest.of(tokens.filter((pattern) => LiteralForest.fits(pattern))),
      patterns: outside.map((pattern) => {
        const must = new GlobAutomaton([pattern], 'must');
        return { must, may: must };
      }),
    },
    budget,
    {
      worthwhile: () => true,
      found: (_truths, word) => {
        budget.spend(patterns.length * NEW_NAMES.length);
        names.push(unknownName(word().join(''), patterns));
        return false;
      },
    },
  );
  return end === 'budget' ? undefined : names;
}

/** A name that matches the same patterns and is longer, and so more like a name, or no action of today. */
function unknownName(name: string, patterns: readonly string[]): string {
  const matched = patterns.filter((pattern) => matchesAction([pattern], name)).join();
  const isSame = (other: string): boolean =>
    !isKnown(other) && patterns.filter((pattern) => matchesAction([pattern], other)).join() === matched;
  return NEW_NAMES.map((ending) => name + ending).find(isSame) ?? name;
}

function isKnown(name: string): boolean {
  return actionCatalogue().numbers.has(name.toLowerCase());
}
