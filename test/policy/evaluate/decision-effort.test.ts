import { decisionEffort, MOST_EFFORT } from '../../../lib/policy/evaluate/decision-effort';

test('the letters of patterns are compared with the letters of the request', () => {
  expect(decisionEffort(['a*', 'b?c', '${x}'], { action: 'abcde', resource: 'ab' })).toBe(9 * 7 + 20 * 3 * 2);
});

test('literals count as values, whatever their length', () => {
  expect(decisionEffort({ a: 'x'.repeat(1000), b: [true, 7] }, { action: 'abcde' })).toBe(20 * 3);
});

test('null is a value, and depth does not matter', () => {
  const nested = JSON.parse(`${'['.repeat(100_000)}null${']'.repeat(100_000)}`);
  expect(decisionEffort(nested, [null, null])).toBe(20 * 2);
});

test('real policies and requests stay far below the limit', () => {
  const policies = Array.from({ length: 20 }, () => 'arn:aws:s3:::claims/*'.repeat(300));
  expect(decisionEffort(policies, { resource: 'a'.repeat(500) })).toBeLessThan(MOST_EFFORT);
});
