import { ANY, type GlobToken, type Letter, lettersOf } from '../match/glob';
import { findAction } from '../reference/service-reference';
import type { ActionClass } from './action-classes';
import type { Vocabulary } from './compared-policies';
import { exampleArn, exampleWord } from './example-word';

const MOST_PATTERNS = 24;
const MOST_ACTIONS = 6;

/**
 * Resources that a reader believes, to be tried before the search makes one up: what the policies name, `*` for actions
 * without resource types, ARNs of the actions' types, and examples of the policies' patterns.
 *
 * @param language The pattern whose words are wanted; undefined for all.
 * @param patterns Other patterns that matter.
 */
export function candidateWords(
  language: number | undefined,
  patterns: readonly number[],
  { actions }: ActionClass,
  type: 'identity' | 'resource' | 'trust',
  vocabulary: Vocabulary,
): Letter[][] {
  const tokensOf = (pattern: number): readonly GlobToken[] => vocabulary.patterns[pattern]?.tokens ?? [];
  const own: readonly GlobToken[] = language === undefined ? [ANY] : tokensOf(language);
  const described = actions.slice(0, MOST_ACTIONS).map((action) => findAction(action.name));
  const types = described.flatMap((action) => action?.resourceTypes ?? []);
  const shapes = types
    .flatMap((resourceType) => resourceType.arns)
    .sort((a, b) => a.length - b.length)
    .slice(0, MOST_ACTIONS);
  const isUnscopable = described.length > 0 && described.every((action) => action?.resourceTypes.length === 0);
  const others = [...patterns]
    .map(tokensOf)
    .sort((a, b) => Number(hasWildcards(a)) - Number(hasWildcards(b)))
    .slice(0, MOST_PATTERNS);
  const words = [
    ...(type === 'trust' ? [lettersOf('arn:aws:iam::999988887777:role/example-role')] : []),
    ...(isUnscopable ? [lettersOf('*')] : []),
    ...(hasWildcards(own) ? [] : [exampleWord(own)]),
    ...others.filter((tokens) => !hasWildcards(tokens)).map((tokens) => exampleWord(tokens)),
    ...(own.every((token) => token === ANY)
      ? [...shapes.map((shape) => lettersOf(exampleArn(shape))), ...(shapes.length > 0 ? [] : [unknownArn(actions)])]
      : [exampleWord(own), exampleWord(own, 'other')]),
    ...others.filter(hasWildcards).map((tokens) => exampleWord(tokens)),
    ...shapes.map((shape) => lettersOf(exampleArn(shape))),
    lettersOf('arn:aws:s3:::example/example'),
    lettersOf('*'),
  ];
  const seen = new Set<string>();
  return words.filter((word) => {
    const key = JSON.stringify(word);
    return !seen.has(key) && seen.add(key);
  });
}

/** An ARN for an action that nobody knows. */
function unknownArn(actions: ActionClass['actions']): Letter[] {
  const service = actions[0]?.key.split(':')[0] ?? '';
  return lettersOf(`arn:aws:${service}:us-east-1:111122223333:example`);
}

function hasWildcards(tokens: readonly GlobToken[]): boolean {
  return tokens.some((token) => typeof token === 'symbol');
}
