import { PARTS, splitParts } from '../match/arn-like';
import { ANY, compileGlob, type GlobToken, type Letter, lettersOf, matchesGlob } from '../match/glob';
import { isAtomToken } from './glob-automaton';
import { startsAsArn } from './resource-tokens';

/** What the parts of an ARN are in ordinary requests: arn, partition, service, region, account. */
const ORDINARY_PARTS: readonly string[] = ['arn', 'aws', 's3', 'us-east-1', '111122223333'];
/** The same in another place. */
const OTHER_PARTS: readonly string[] = ['arn', 'aws-cn', 'sqs', 'eu-west-1', '444455556666'];

/** An ordinary resource that a pattern of Resource matches; the other one is in another region and account. */
export function exampleWord(tokens: readonly GlobToken[], which: 'one' | 'other' = 'one'): Letter[] {
  const ordinary = which === 'one' ? ORDINARY_PARTS : OTHER_PARTS;
  if (!startsAsArn(tokens)) {
    return tokens.flatMap(exampleLetters);
  }
  const parts = splitParts(tokens);
  const complete = Array.from({ length: PARTS }, (_, index): readonly GlobToken[] => parts[index] ?? [ANY]);
  return complete.flatMap((part, index) => [...(index === 0 ? [] : [':']), ...examplePart(part, ordinary[index])]);
}

/** An ordinary ARN of a shape such as `arn:${Partition}:s3:::${BucketName}/${ObjectName}`. */
export function exampleArn(shape: string): string {
  return shape
    .replace('${Partition}', 'aws')
    .replace('${Region}', 'us-east-1')
    .replace('${Account}', '111122223333')
    .replace(/\$\{[^}]*\}/g, 'example');
}

function examplePart(part: readonly GlobToken[], ordinary: string | undefined): Letter[] {
  const isPattern = part.some((token) => typeof token === 'symbol');
  if (isPattern && ordinary !== undefined && !part.some(isAtomToken) && matchesGlob(compileGlob(part), ordinary)) {
    return lettersOf(ordinary);
  }
  return part.flatMap(exampleLetters);
}

function exampleLetters(token: GlobToken): Letter[] {
  if (typeof token !== 'symbol') {
    return [token];
  }
  return Array.from(String(token).includes('*') ? 'example' : 'x');
}
