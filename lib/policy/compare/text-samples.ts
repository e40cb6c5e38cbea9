import { resolvePattern, resolveText } from '../condition/policy-variable';
import { RequestContext } from '../condition/request-context';
import { literalOf } from '../document/text';
import { PARTS, splitParts } from '../match/arn-like';
import { ANY, ANY_IN_PART, compileGlob, type GlobToken, lettersOf, matchesGlob, ONE, ONE_IN_PART } from '../match/glob';
import type { Budget } from './budget';
import type { ComparedCondition } from './compared-condition';
import { GlobAutomaton, type PatternToken } from './glob-automaton';
import { LiteralForest } from './literal-forest';
import { walkProduct } from './product-walk';
import { widestPattern } from './unknown-text';
import type { ValueRange } from './value-range';

const NO_CONTEXT = new RequestContext({});

/**
 * Texts that stand for all texts: every combination of "fits" and "does not fit" that the conditions' values can have
 * is had by one of them. Texts of the policies come first.
 *
 * @param arns Whether all texts are ARNs.
 * @param range Which texts there are, when that is known; the texts that are returned need not all be among them.
 * @returns what was found when the budget ran out, then not everything.
 */
export function textSamples(
  conditions: readonly ComparedCondition[],
  arns: boolean,
  budget: Budget,
  range?: ValueRange,
): string[] {
  const patterns: PatternToken[][] = [
    ...conditions.flatMap(patternsOf),
    ...(range?.borders.map((border) => [...border]) ?? []),
  ];
  const plain = patterns.filter(isPlain).map((tokens) => tokens.join(''));
  const other = arns ? 'arn:aws:iam::111122223333:role/example' : 'example';
  const ordinary = [...(range?.samples ?? []), ...plain, ...patterns.map(example), other];
  let fresh = other;
  for (let number = 2; plain.includes(fresh); number++) {
    fresh = `${other}-${number}`;
  }
  if (plain.length === patterns.length && range === undefined) {
    return [...ordinary, fresh];
  }
  const walked: string[] = [];
  const inForest = patterns.filter(LiteralForest.fits);
  const outside = patterns.filter((tokens) => !LiteralForest.fits(tokens));
  walkProduct(
    {
      universe: arns ? 'arns' : 'texts',
      language: new GlobAutomaton(range?.language ?? [[ANY]], 'must'),
      forest: LiteralForest.of(inForest),
      patterns: outside.map((tokens) => {
        const must = new GlobAutomaton([tokens], 'must');
        return { must, may: must };
      }),
    },
    budget,
    {
      worthwhile: () => true,
      found: (_truths, word) => {
        walked.push(word().join(''));
        return false;
      },
    },
  );
  return [...ordinary, fresh, ...walked];
}

/** What each value of a condition can match. A value that matches no text has no pattern. */
function patternsOf(condition: ComparedCondition): PatternToken[][] {
  const ignoresCase = condition.operator.comparison === 'StringEqualsIgnoreCase';
  const unknown = condition.unknown.flatMap((value) => {
    const tokens = widestPattern(condition, value);
    return tokens === undefined ? [] : [ignoresCase ? tokens.map(inAnyCase) : tokens];
  });
  return [...unknown, ...knownPatterns(condition)];
}

function knownPatterns(condition: ComparedCondition): PatternToken[][] {
  return condition.known.values.flatMap((value) => {
    const { comparison } = condition.operator;
    if (comparison === 'StringLike') {
      return [resolvePattern(value, NO_CONTEXT) ?? []];
    }
    if (comparison === 'ArnEquals' || comparison === 'ArnLike') {
      return arnTokens(resolvePattern(value, NO_CONTEXT) ?? []);
    }
    const written = literalOf(resolveText(value, NO_CONTEXT) ?? []) ?? '';
    return comparison === 'StringEquals' ? [letters(written)] : [folded(written)];
  });
}

function letters(written: string): string[] {
  return Array.from(written);
}

function folded(written: string): PatternToken[] {
  return Array.from(written.toLowerCase()).map(inAnyCase);
}

function inAnyCase<T extends PatternToken>(token: T): T | PatternToken {
  return typeof token !== 'string' || token.toUpperCase() === token ? token : { fold: token };
}

/** The tokens of a pattern that is compared part by part with an ARN. */
function arnTokens(pattern: readonly GlobToken[]): PatternToken[][] {
  const isLoneStar = pattern.length === 1 && pattern[0] === ANY;
  const parts = isLoneStar ? Array.from({ length: PARTS }, (): GlobToken[] => [ANY]) : splitParts(pattern);
  if (parts.length !== PARTS || !matchesGlob(compileGlob(parts[0] ?? []), 'arn')) {
    return [];
  }
  return [
    parts.flatMap<PatternToken>((part, index) => {
      if (index === 0) {
        return lettersOf('arn');
      }
      return [':', ...(index < PARTS - 1 ? part.map(inPart) : part)];
    }),
  ];
}

function inPart(token: GlobToken): GlobToken {
  return token === ANY ? ANY_IN_PART : token === ONE ? ONE_IN_PART : token;
}

function isPlain(tokens: readonly PatternToken[]): boolean {
  return tokens.every((token) => typeof token === 'string');
}

/** An ordinary text that the pattern matches. */
function example(tokens: readonly PatternToken[]): string {
  return tokens
    .map((token) => {
      if (typeof token === 'string') {
        return token;
      }
      if (typeof token === 'object') {
        return 'fold' in token ? token.fold : '';
      }
      return token === ONE || token === ONE_IN_PART ? 'x' : 'example';
    })
    .join('');
}
