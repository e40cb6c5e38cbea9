import { comparePolicies, type PolicyComparison } from '../../lib/policy/compare/compare-policies';
import { type RandomSource, randomFrom } from '../../test/policy/random';
import { broadened, type RolePolicy, realisticRole, rewritten } from './realistic-role';
import { WORST_CASES } from './worst-cases';

/** How fast policies are compared: `node bench/compiled.mjs policy/run`. Prints the table of bench/README.md. */
function main(): void {
  const source = randomFrom('roles');
  const first = timed(() => compare(realisticRole(source, 10), realisticRole(source, 10)));
  print(`first comparison, service reference included: ${first.time.toFixed(0)} ms`);
  print('');
  bySize(source);
  thousandRoles(source);
  worstCases();
}

function bySize(source: RandomSource): void {
  print('| statements | identical, ms | own rewrite, ms | slowest own rewrite, ms | broadened, ms |');
  print('|---|---|---|---|---|');
  for (const size of [10, 20, 40, 60]) {
    const roles = Array.from({ length: 20 }, () => realisticRole(source, size));
    const [same, rewrite, wider] = [
      roles.map((role) => timed(() => compare(role, role))),
      roles.map((role) => timed(() => compare(role, rewritten(role)))),
      roles.map((role) => timed(() => compare(role, broadened(role, source)))),
    ];
    const wrong = [...same, ...rewrite].filter(({ result }) => result.relation !== 'equal').length;
    const slowest = Math.max(...rewrite.map(({ time }) => time));
    const cells = [average(same), average(rewrite), slowest.toFixed(1), average(wider)];
    print(`| ${size} | ${cells.join(' | ')} |${wrong > 0 ? ` ${wrong} not equal!` : ''}`);
  }
  print('');
}

function thousandRoles(source: RandomSource): void {
  let equal = 0;
  let peak = 0;
  const halves = [0, 0];
  for (let index = 0; index < 1000; index++) {
    const role = realisticRole(source, 10 + (index % 51));
    const { time, result } = timed(() => compare(role, rewritten(role)));
    halves[index < 500 ? 0 : 1] = (halves[index < 500 ? 0 : 1] ?? 0) + time;
    equal += result.relation === 'equal' ? 1 : 0;
    peak = Math.max(peak, process.memoryUsage().rss);
  }
  const [early = 0, late = 0] = halves;
  print(`1,000 roles of 10 to 60 statements against their own rewrite: ${((early + late) / 1000).toFixed(1)} s`);
  print(
    `(first half ${(early / 1000).toFixed(1)} s, second half ${(late / 1000).toFixed(1)} s), ${equal} equal, ${(peak / 1e6).toFixed(0)} MB`,
  );
  print('');
}

function worstCases(): void {
  print('| worst case | ms | answer |');
  print('|---|---|---|');
  for (const { name, before, after } of WORST_CASES) {
    const { time, result } = timed(() => comparePolicies({ identity: before }, { identity: after }));
    print(`| ${name} | ${time.toFixed(0)} | ${result.relation}, ${result.certainty} |`);
  }
}

function compare(before: RolePolicy, after: RolePolicy): PolicyComparison {
  return comparePolicies({ identity: before }, { identity: after });
}

function timed(run: () => PolicyComparison): { readonly time: number; readonly result: PolicyComparison } {
  const start = performance.now();
  const result = run();
  return { time: performance.now() - start, result };
}

function average(runs: readonly { readonly time: number }[]): string {
  return (runs.reduce((sum, { time }) => sum + time, 0) / runs.length).toFixed(1);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main();
