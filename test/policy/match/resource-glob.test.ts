import { text } from '../../../lib/policy/document/text';
import { globTokens, matchesGlob } from '../../../lib/policy/match/glob';
import { resourceGlobs } from '../../../lib/policy/match/resource-glob';
import { randomFrom } from '../random';

function matches(pattern: string, resource: string, complete = true): boolean {
  return resourceGlobs(globTokens(text(pattern)), complete).some((glob) => matchesGlob(glob, resource));
}

test.each([
  ['arn:aws:s3:*:111122223333', 'arn:aws:s3:eu-west-1:111122223333:x', true],
  ['arn:aws:s3:*:111122223333', 'arn:aws:s3:eu-west-1:444455556666:x', false],
  ['arn', 'arn:aws:s3:::x', false],
  ['arn:*', 'arn:aws:s3:::x', true],
  ['*:role/x', 'arn:aws:iam::111122223333:role/x', true],
  ['arn:aws:iam::*:role/x', 'arn:aws:iam::111122223333:role/x', true],
  ['arn:aws:*:::claims', 'arn:aws:s3:::claims', true],
  ['ar?:aws:s3:::claims', 'arn:aws:s3:::claims', true],
  ['arn:aws:s?:::claims', 'arn:aws:s3:::claims', true],
])('%s against %s is %s', (pattern, resource, expected) => {
  expect(matches(pattern, resource)).toBe(expected);
});

test('an ARN with missing parts is completed only where asked', () => {
  expect(matches('arn:aws:s3', 'arn:aws:s3:::claims', false)).toBe(false);
});

test('a part that has a wildcard never takes what the whole text would not', () => {
  const { pick, length, seed } = randomFrom('resources');
  for (let run = 0; run < 3000; run++) {
    const pattern = `arn:${[1, 2, 3, 4].map(() => pick('ab*?', length(3))).join(':')}:${pick('ab:*', length(4))}`;
    const resource = `arn:${[1, 2, 3, 4].map(() => pick('ab', length(3))).join(':')}:${pick('ab:', length(4))}`;
    const whole = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(resource);
    const partly = pattern
      .split(':')
      .slice(0, 5)
      .every((part, index) => {
        const value = resource.split(':')[index] ?? '';
        return new RegExp(`^${part.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(value);
      });
    const tail = new RegExp(`^${pattern.split(':').slice(5).join(':').replaceAll('*', '.*')}$`);
    const strict = partly && tail.test(resource.split(':').slice(5).join(':'));
    const found = matches(pattern, resource);
    // Between the two readings: part by part, and as one text.
    expect({ seed, pattern, resource, found: (found || !strict) && (!found || whole) }).toMatchObject({ found: true });
  }
});
