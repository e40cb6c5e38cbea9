// What the packs cost: milliseconds per role, side by side with AwsSolutionsChecks, in apps of 10, 100 and 1,000 agents.
// The app is synthesized before; measured is what CDK then calls. Run it with: node bench/compiled.mjs checks/run
process.env.CDK_VALIDATION = 'false';

import { performance } from 'node:perf_hooks';
import { CfnResource } from 'aws-cdk-lib/core';
import { AgentHumanInheritanceChecks, AgentRoleChecks } from 'cdk-least-agency';
import type { IConstruct } from 'constructs';
import { manyAgents } from './many-agents';
import { contextOf, PACKS } from './packs';

const SIZES = [10, 100, 1000];
const ROUNDS = 5;

interface Row {
  readonly agents: number;
  readonly roles: number;
  /** Of making and synthesizing the app, without any pack. */
  readonly synthesis: number;
  /** By pack, of the whole app. */
  readonly milliseconds: Readonly<Record<string, number>>;
  readonly findings: Readonly<Record<string, number>>;
}

function measure(agents: number): Row {
  const begin = performance.now();
  const app = manyAgents(agents);
  const context = contextOf(app, app.synth());
  const synthesis = performance.now() - begin;
  const roles = app.node.findAll().filter(isRole).length;
  const times: Record<string, number[]> = {};
  const findings: Record<string, number> = {};
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, make] of Object.entries(PACKS)) {
      const pack = make(app);
      const runs = times[name] ?? [];
      times[name] = runs;
      // A pass is shared by the packs in it: asking a second time begins a new one, which is what is measured.
      if (pack instanceof AgentRoleChecks || pack instanceof AgentHumanInheritanceChecks) {
        pack.validate(context);
      }
      const start = performance.now();
      findings[name] = pack.validate(context).violations.length;
      runs.push(performance.now() - start);
    }
  }
  const milliseconds = Object.fromEntries(Object.entries(times).map(([name, runs]) => [name, median(runs)]));
  return { agents, roles, synthesis, milliseconds, findings };
}

function isRole(construct: IConstruct): boolean {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'AWS::IAM::Role';
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function print(rows: readonly Row[]): void {
  const names = Object.keys(PACKS);
  console.log(
    `| agents | roles | synthesis alone, ms a role | ${names.map((name) => `${name}, ms a role`).join(' | ')} |`,
  );
  console.log(`| --- | --- | --- | ${names.map(() => '---').join(' | ')} |`);
  for (const { agents, roles, synthesis, milliseconds } of rows) {
    const cells = names.map((name) => ((milliseconds[name] ?? 0) / roles).toFixed(2));
    console.log(`| ${agents} | ${roles} | ${(synthesis / roles).toFixed(2)} | ${cells.join(' | ')} |`);
  }
  const [small, large] = rows.slice(-2);
  if (small && large) {
    const growth = names.map((name) =>
      (
        Math.log((large.milliseconds[name] ?? 0) / (small.milliseconds[name] ?? 1)) /
        Math.log(large.roles / small.roles)
      ).toFixed(2),
    );
    console.log(`| growth exponent | ${small.agents} to ${large.agents} | | ${growth.join(' | ')} |`);
  }
  const found = names.map((name) => `${name} ${rows.at(-1)?.findings[name]}`).join(', ');
  console.log(`\nFindings in the largest app: ${found}.`);
}

measure(5); // Loads everything.
print(SIZES.map(measure));
