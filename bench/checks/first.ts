// What the packs cost in a process that runs them once, as `cdk synth` does: with what they load, and before the engine of
// JavaScript has made anything fast. Run it with: node bench/compiled.mjs checks/first
process.env.CDK_VALIDATION = 'false';

import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { manyAgents } from './many-agents';
import { contextOf, PACKS } from './packs';

const SIZES = [10, 100, 1000];
const ROUNDS = 5;

function once(name: string, agents: number): number {
  const app = manyAgents(agents);
  const context = contextOf(app, app.synth());
  const start = performance.now();
  PACKS[name]?.(app).validate(context);
  return performance.now() - start;
}

/** Each in a process of its own, the packs in turn; the median. */
function measured(agents: number): number[] {
  const names = Object.keys(PACKS);
  const times = names.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, name] of names.entries()) {
      const { stdout } = spawnSync(process.execPath, [__filename, name, String(agents)], { encoding: 'utf8' });
      times[index]?.push(Number(stdout));
    }
  }
  return times.map((runs) => runs.sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? Number.NaN);
}

const [name, agents] = process.argv.slice(2);
if (name !== undefined) {
  console.log(once(name, Number(agents)));
} else {
  const names = Object.keys(PACKS);
  console.log(`| agents | ${names.map((pack) => `${pack}, ms`).join(' | ')} |`);
  console.log(`| --- | ${names.map(() => '---').join(' | ')} |`);
  for (const size of SIZES) {
    const cells = measured(size).map((time) => time.toFixed(0));
    console.log(`| ${size} | ${cells.join(' | ')} |`);
  }
}
