import { fuzzPair } from '../../test/policy/compare/fuzzed-pair';
import { randomFrom } from '../../test/policy/random';

/**
 * Compares random pairs of policies and looks for a request that proves the answer wrong:
 * `node bench/compiled.mjs policy/fuzz [pairs]`. Exits 1 when there is one. `SEED=...` replays a run.
 */
function main(): void {
  const pairs = Number(process.argv[2] ?? 100_000);
  const source = randomFrom('compare');
  const totals: Record<string, number> = { probes: 0, witnesses: 0, problems: 0, reported: 0, shown: 0, slowest: 0 };
  const count = (name: string, by = 1): void => {
    totals[name] = (totals[name] ?? 0) + by;
  };
  const start = performance.now();
  for (let pair = 0; pair < pairs; pair++) {
    const began = performance.now();
    const { comparison, problem, probes, witnesses, shown } = fuzzPair(source, 100);
    totals.slowest = Math.max(totals.slowest ?? 0, performance.now() - began);
    count('probes', probes);
    count('witnesses', witnesses);
    count(comparison.relation);
    count(comparison.certainty);
    count('reported', Number(comparison.gained.length > 0) + Number(comparison.lost.length > 0));
    count('shown', (shown & 1) + ((shown >> 1) & 1));
    for (const change of [...comparison.gained, ...comparison.lost]) {
      if (change.certainty === 'may') {
        count(`may: ${change.because?.slice(0, 90)}`);
      }
    }
    if (problem !== undefined) {
      count('problems');
      process.stdout.write(`pair ${pair}: ${problem}\n\n`);
    }
  }
  process.stdout.write(`${pairs} pairs in ${((performance.now() - start) / 1000).toFixed(0)} s\n`);
  for (const [name, number] of Object.entries(totals)) {
    process.stdout.write(`  ${name}: ${Math.round(number)}\n`);
  }
  process.exitCode = (totals.problems ?? 0) > 0 ? 1 : 0;
}

main();
