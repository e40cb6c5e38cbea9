import { randomFrom } from '../random';
import { fuzzAtoms } from './fuzzed-atoms';
import { fuzzPair } from './fuzzed-pair';

const PAIRS = Number(process.env.PAIRS ?? 2000);
const LONGEST = 40_000;

test(
  'what is said of policies with atoms holds whatever the atoms stand for',
  () => {
    const source = randomFrom('atoms', 2026);
    const start = performance.now();
    const problems: string[] = [];
    for (let pair = 0; pair < PAIRS / 4 && performance.now() - start < LONGEST; pair++) {
      const { problem } = fuzzAtoms(source);
      if (problem !== undefined) {
        problems.push(`pair ${pair}: ${problem}`);
      }
    }

    expect(problems).toEqual([]);
  },
  2 * LONGEST,
);

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
