import { type PolicyText, text } from '../../../lib/policy/document/text';
import { compileGlob, globTokens, matchesGlob } from '../../../lib/policy/match/glob';
import { fitsShape } from '../../../lib/policy/reference/arn-shape';
import { type RandomSource, randomFrom } from '../random';

const ROUNDS = 20_000;
/** As many small shapes of all kinds as there are: plain names, open names, several variables, and fixed texts. */
const SHAPES = [
  'arn:${Partition}:s3:::${BucketName}',
  'arn:${Partition}:s3:::${BucketName}/${ObjectName}',
  'arn:${Partition}:sqs:${Region}:${Account}:${QueueName}',
  'arn:${Partition}:x:${Region}::a/${Id}',
  'arn:${Partition}:x:${Region}:${Account}:a/${Id}/b/${Other}',
  'arn:${Partition}:x:${Region}:${Account}:a:${Id}:b',
  'arn:${Partition}:x:::a',
];
const PIECES = [
  'arn',
  ':',
  ':',
  ':',
  ':',
  '/',
  '*',
  '*',
  '?',
  'a',
  'b',
  'x',
  's3',
  'sqs',
  'aws',
  '::',
  ':::',
  'a/',
  'a:',
];
const NOT_IN_NAMES = new Set(['BucketName', 'QueueName']);

function pick<T>(source: RandomSource, from: readonly T[]): T {
  return from[source.length(from.length)] as T;
}

/** An ARN of the shape: parts before the resource and plain names have no colon and no slash in them. */
function arnOf(shape: string, source: RandomSource): string {
  const parts = shape.split(':');
  return parts
    .map((part, index) =>
      part.replace(/\$\{(\w+)\}/g, (_, name: string) => {
        const plain = index < 5 || NOT_IN_NAMES.has(name);
        const pieces = plain ? ['a', 'b', 'x', 'aws'] : ['a', 'b', '/', ':', 'x'];
        const filled = Array.from({ length: source.length(3) }, () => pick(source, pieces)).join('');
        return index >= 5 && filled === '' ? pick(source, plain ? ['a', 'b'] : ['a', '/', ':']) : filled;
      }),
    )
    .join(':');
}

/** An ARN of some shape with pieces of it taken out for wildcards, or mixed up. */
function randomResource(source: RandomSource): string {
  if (source.length(5) === 0) {
    return Array.from({ length: 1 + source.length(10) }, () => pick(source, PIECES)).join('');
  }
  const letters = [...arnOf(pick(source, SHAPES), source)];
  for (let changes = source.length(4); changes > 0; changes--) {
    const at = source.length(letters.length);
    letters.splice(at, source.length(5), pick(source, ['*', '*', '?', pick(source, PIECES)]));
  }
  return letters.join('');
}

test('a resource that matches an ARN of a shape fits the shape, and one without wildcards fits nothing else', () => {
  const source = randomFrom('shapes of ARNs');
  let fitting = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const shape = pick(source, SHAPES);
    const written = randomResource(source);
    const resource: PolicyText = text(written);
    const fits = fitsShape(resource, shape) === 'yes';
    const arn = arnOf(shape, source);
    const where = `SEED=${source.seed} ${written} ${shape} ${arn}`;
    if (matchesGlob(compileGlob(globTokens(resource)), arn)) {
      expect([where, fits]).toEqual([where, true]);
      fitting += 1;
    }
    expect([where, fitsShape(text(arn), shape)]).toEqual([where, 'yes']);
    if (!/[*?]/.test(written) && written.split(':').length >= 6) {
      expect([where, fits]).toEqual([where, isOfShape(written, shape)]);
    }
  }
  // The generator still makes what the test is about.
  expect(fitting).toBeGreaterThan(ROUNDS / 100);
});

function isOfShape(arn: string, shape: string): boolean {
  const pattern = shape
    .split(':')
    .map((part, index) =>
      part.replace(/\$\{(\w+)\}/g, (_, name: string) =>
        index < 5 ? '[^:/]*' : NOT_IN_NAMES.has(name) ? '[^:/]+' : '[^]+',
      ),
    )
    .join(':');
  return new RegExp(`^${pattern}$`).test(arn);
}
