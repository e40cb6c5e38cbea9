// Which rules take the time: milliseconds of each over an app of 1,000 agents, the slowest first, and of what comes before
// them. Run it with: npx ts-node -T bench/checks/rules.ts
process.env.CDK_VALIDATION = 'false';

import { performance } from 'node:perf_hooks';
import { AppModel } from '../../lib/access/app/app-model';
import { CATALOGUE } from '../../lib/checks/catalogue';
import { checkSettings } from '../../lib/checks/check-settings';
import { runRules } from '../../lib/checks/run-rules';
import { writtenTemplates } from '../../lib/synth/synthesized-app';
import { manyAgents } from './many-agents';

const ROUNDS = 3;
const settings = checkSettings({ date: '2026-11-20' });

function timed<T>(work: () => T): [T, number] {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
}

const app = manyAgents(1000);
app.synth();
const times = new Map<string, number>();
const keep = (name: string, time: number): void => {
  times.set(name, Math.min(times.get(name) ?? Number.POSITIVE_INFINITY, time));
};
for (let round = 0; round < ROUNDS; round++) {
  const [templates, reading] = timed(() => writtenTemplates(app));
  const [model, building] = timed(() => new AppModel(templates));
  keep('(reading the templates)', reading);
  keep('(building the model)', building);
  for (const rule of CATALOGUE) {
    keep(rule.name, timed(() => runRules([rule], model, settings))[1]);
  }
}
const rows = [...times].sort(([, a], [, b]) => b - a).filter(([, time]) => time >= 1);
console.log(rows.map(([name, time]) => `${time.toFixed(0).padStart(6)}  ${name}`).join('\n'));
