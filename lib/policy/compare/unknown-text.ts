import type { TextTemplate } from '../condition/policy-variable';
import { ANY, compileGlob, type GlobToken, matchesGlob } from '../match/glob';
import type { ComparedCondition } from './compared-condition';
import { isAtomToken } from './glob-automaton';
import { templateTokens } from './resource-tokens';

/**
 * The pattern of all texts that a value of a condition can fit, whatever its atoms and policy variables stand for, in
 * lower case where letter case does not matter; undefined when it may fit any.
 */
export function widestPattern({ operator }: ComparedCondition, value: TextTemplate): GlobToken[] | undefined {
  if (operator.family !== 'String' && operator.family !== 'Arn') {
    return undefined;
  }
  const ignoresCase = operator.comparison === 'StringEqualsIgnoreCase';
  return valueTokens(operator.comparison, value).map((token) => {
    if (isAtomToken(token)) {
      return ANY;
    }
    return ignoresCase && typeof token === 'string' ? token.toLowerCase() : token;
  });
}

/** Whether a value with atoms or policy variables can fit a text. */
export function mayFit(condition: ComparedCondition, value: TextTemplate, written: string): boolean {
  const pattern = widestPattern(condition, value);
  const ignoresCase = condition.operator.comparison === 'StringEqualsIgnoreCase';
  return pattern === undefined || matchesGlob(compileGlob(pattern), ignoresCase ? written.toLowerCase() : written);
}

/** The tokens of a value; only patterns have wildcards. */
export function valueTokens(comparison: string, value: TextTemplate): GlobToken[] {
  const isPattern = comparison !== 'StringEquals' && comparison !== 'StringEqualsIgnoreCase';
  return templateTokens(value).map((token) =>
    typeof token === 'symbol' && !isPattern ? (token === ANY ? '*' : '?') : token,
  );
}
