import type { GlobToken } from '../match/glob';
import { type ComparedCondition, factOf } from './compared-condition';
import { covers } from './glob-cover';
import { valueTokens } from './unknown-text';

const MOST_VALUES = 50;

/**
 * For each fact that an unknown value fits, the facts of narrower values of the same key: when one of those is true, so
 * is this one.
 */
export function impliedBy(conditions: readonly ComparedCondition[]): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly GlobToken[]>();
  for (const condition of conditions) {
    const { comparison } = condition.operator;
    for (const value of comparison === 'StringEquals' || comparison === 'StringLike' ? condition.unknown : []) {
      values.set(factOf(condition, value), valueTokens(comparison, value));
    }
  }
  const narrower = (fact: string, tokens: readonly GlobToken[]): string[] =>
    [...values].filter(([other, theirs]) => other !== fact && covers(tokens, theirs)).map(([other]) => other);
  return values.size < 2 || values.size > MOST_VALUES
    ? new Map()
    : new Map([...values].map(([fact, tokens]) => [fact, narrower(fact, tokens)]));
}
