// What the packs cost: milliseconds per role, side by side with AwsSolutionsChecks, in apps of 10, 100 and 1,000 agents.
// The app is synthesized before; measured is what CDK then calls. Run it with: node bench/compiled.mjs checks/run
process.env.CDK_VALIDATION = 'false';

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { CfnResource } from 'aws-cdk-lib/core';
import { AgentHumanInheritanceChecks, AgentRoleChecks } from 'cdk-least-agency';
import type { IConstruct } from 'constructs';
import { manyAgents } from './many-agents';
import { contextOf, PACKS } from './packs';

const SIZES = [10, 100, 1000];
const ROUNDS = 5;
const NAMES = Object.keys(PACKS);

interface Row {
  readonly agents: number;
  readonly roles: number;
  /** Of making and synthesizing the app, without any pack. */
  readonly synthesis: number;
  /** By pack, of the whole app. */
  readonly milliseconds: readonly number[];
}

/** One pack in a process that runs it once, as `cdk synth` does. */
function once(name: string, agents: number): object {
  const begin = performance.now();
  const app = manyAgents(agents);
  const context = contextOf(app, app.synth());
  const synthesis = performance.now() - begin;
  const start = performance.now();
  const findings = PACKS[name]?.(app).validate(context).violations.length;
  return { time: performance.now() - start, synthesis, roles: rolesIn(app), findings };
}

/** Each pack in processes of its own, in turn. */
function inProcesses(agents: number): Row {
  const runs = NAMES.map((): ReturnType<typeof runOnce>[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, name] of NAMES.entries()) {
      runs[index]?.push(runOnce(name, agents));
    }
  }
  const all = runs.flat();
  return {
    agents,
    roles: all[0]?.roles ?? Number.NaN,
    synthesis: median(all.map(({ synthesis }) => synthesis)),
    milliseconds: runs.map((pack) => median(pack.map(({ time }) => time))),
  };
}

function runOnce(name: string, agents: number): { time: number; synthesis: number; roles: number } {
  const { stdout } = spawnSync(process.execPath, [__filename, name, String(agents)], { encoding: 'utf8' });
  return JSON.parse(stdout);
}

/** The packs again and again in this process, in turn. */
function inThisProcess(agents: number): Row {
  const begin = performance.now();
  const app = manyAgents(agents);
  const context = contextOf(app, app.synth());
  const synthesis = performance.now() - begin;
  const times = NAMES.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, make] of Object.values(PACKS).entries()) {
      const pack = make(app);
      // A pass is shared by the packs in it: asking a second time begins a new one, which is what is measured.
      if (pack instanceof AgentRoleChecks || pack instanceof AgentHumanInheritanceChecks) {
        pack.validate(context);
      }
      const start = performance.now();
      pack.validate(context);
      times[index]?.push(performance.now() - start);
    }
  }
  return { agents, roles: rolesIn(app), synthesis, milliseconds: times.map(median) };
}

function rolesIn(app: IConstruct): number {
  return app.node
    .findAll()
    .filter((construct) => CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'AWS::IAM::Role')
    .length;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function print(title: string, rows: readonly Row[]): void {
  console.log(`${title}:\n`);
  console.log(
    `| agents | roles | synthesis alone, ms a role | ${NAMES.map((name) => `${name}, ms a role`).join(' | ')} |`,
  );
  console.log(`| --- | --- | --- | ${NAMES.map(() => '---').join(' | ')} |`);
  for (const { agents, roles, synthesis, milliseconds } of rows) {
    const cells = milliseconds.map((time) => (time / roles).toFixed(2));
    console.log(`| ${agents} | ${roles} | ${(synthesis / roles).toFixed(2)} | ${cells.join(' | ')} |`);
  }
  const [small, large] = rows.slice(-2);
  if (small && large) {
    const growth = large.milliseconds.map((time, index) =>
      (Math.log(time / (small.milliseconds[index] ?? 1)) / Math.log(large.roles / small.roles)).toFixed(2),
    );
    console.log(`| growth exponent | ${small.agents} to ${large.agents} | | ${growth.join(' | ')} |\n`);
  }
}

const [name, agents] = process.argv.slice(2);
if (name !== undefined) {
  console.log(JSON.stringify(once(name, Number(agents))));
} else if (__filename.endsWith('.ts')) {
  // The compiler in the process would be measured with the packs.
  const compiled = join(__dirname, '..', 'compiled.mjs');
  process.exitCode = spawnSync(process.execPath, [compiled, 'checks/run'], { stdio: 'inherit' }).status ?? 1;
} else {
  print('Once in a process', SIZES.map(inProcesses));
  inThisProcess(5); // Loads everything.
  print('Again in the same process', SIZES.map(inThisProcess));
}
