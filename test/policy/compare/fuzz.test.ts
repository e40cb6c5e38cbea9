import { randomFrom } from '../random';
import { fuzzPair } from './fuzzed-pair';

const PAIRS = 2000;
const LONGEST = 40_000;

test(
  'no random request shows that a comparison is wrong, and every witness is accepted',
  () => {
    const source = randomFrom('compare', 2026);
    const start = performance.now();
    const problems: string[] = [];
    for (let pair = 0; pair < PAIRS && performance.now() - start < LONGEST; pair++) {
      const { problem } = fuzzPair(source, 60);
      if (problem !== undefined) {
        problems.push(`pair ${pair}: ${problem}`);
      }
    }

    expect(problems).toEqual([]);
  },
  2 * LONGEST,
);
