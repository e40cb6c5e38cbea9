import { PARTS, splitParts } from '../match/arn-like';
import { ANY, type GlobToken } from '../match/glob';
import { isWholeType } from '../reference/arn-shape';
import { findAction } from '../reference/service-reference';
import type { ActionClass } from './action-classes';
import type { Vocabulary } from './compared-policies';
import type { ChangeScope } from './policy-comparison';

const NARROWEST_FIRST: readonly ChangeScope[] = [
  'one resource',
  'a subtree',
  'other accounts or regions',
  'all of a type',
  'anything',
];
const MOST_ACTIONS = 8;

/**
 * How far a change reaches, in words: as far as all of the granting layers let it.
 *
 * @param layers For each part of the decision, the patterns that let the change through; undefined is every resource.
 * @param former Patterns of resources that were given before.
 */
export function changeScope(
  layers: readonly (readonly (number | undefined)[])[],
  former: readonly number[],
  actions: ActionClass,
  vocabulary: Vocabulary,
): ChangeScope {
  const widest = layers.map((patterns) =>
    Math.max(...patterns.map((pattern) => rank(pattern, former, actions, vocabulary))),
  );
  return NARROWEST_FIRST[Math.min(...widest)] ?? 'anything';
}

function rank(
  pattern: number | undefined,
  former: readonly number[],
  { actions }: ActionClass,
  vocabulary: Vocabulary,
): number {
  const compared = pattern === undefined ? undefined : vocabulary.patterns[pattern];
  const { tokens, written } = compared ?? { tokens: [ANY], written: ['*'] };
  return NARROWEST_FIRST.indexOf(scopeOf());

  function scopeOf(): ChangeScope {
    if (tokens.every((token) => token === ANY)) {
      return 'anything';
    }
    if (!tokens.some((token) => typeof token === 'symbol')) {
      return 'one resource';
    }
    const parts = splitParts(tokens);
    const tail = parts[PARTS - 1];
    const hasOpenHead = parts.slice(1, PARTS - 1).some(hasWildcards) || parts.length < PARTS;
    if (hasWildcards(parts[2] ?? []) && (tail ?? [ANY]).every((token) => token === ANY)) {
      return 'anything';
    }
    if (hasOpenHead && former.some((other) => other !== pattern && hasSameTail(other, tail))) {
      return 'other accounts or regions';
    }
    const shapes = actions
      .slice(0, MOST_ACTIONS)
      .flatMap((action) => findAction(action.name)?.resourceTypes.flatMap((type) => type.arns) ?? []);
    if (shapes.some((shape) => isWholeType(written, shape))) {
      return 'all of a type';
    }
    return hasOpenHead && tail !== undefined && !hasWildcards(tail) ? 'other accounts or regions' : 'a subtree';
  }

  function hasSameTail(other: number, tail: readonly GlobToken[] | undefined): boolean {
    const parts = splitParts(vocabulary.patterns[other]?.tokens ?? []);
    return tail !== undefined && JSON.stringify(names(parts[PARTS - 1])) === JSON.stringify(names(tail));
  }
}

function names(tokens: readonly GlobToken[] | undefined): unknown[] {
  return (tokens ?? []).map((token) => (typeof token === 'symbol' ? { wildcard: String(token) } : token));
}

function hasWildcards(tokens: readonly GlobToken[]): boolean {
  return tokens.some((token) => typeof token === 'symbol');
}
