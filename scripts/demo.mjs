// `npm run demo`: synthesizes the example that cdk.json names, through the CDK command line, and shows in words what came
// out: how much more the CDK's own grants would have allowed, and what each agent of the example may do.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const require = createRequire(import.meta.url);

const heading = (text) => (process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[1m${text}\u001b[22m` : text);
const number = (value) => value.toLocaleString('en-US');

function synthesize() {
  rmSync('cdk.out', { recursive: true, force: true });
  const cdk = join(dirname(require.resolve('aws-cdk/package.json')), 'bin', 'cdk');
  const { status } = spawnSync(process.execPath, [cdk, 'synth', '--quiet', '--no-notices', '--output', 'cdk.out'], {
    env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) {
    console.error('demo: cdk synth failed');
    process.exit(1);
  }
  console.log(`${heading('cdk synth passed')}, the templates are in cdk.out\n`);
}

function showExcess() {
  const { excess } = require('../bench/excess/excess.ts');
  const { table } = require('../bench/excess/table.ts');
  const columns = excess();
  const [plain, scoped] = Object.values(columns);
  console.log(heading('One agent, made with the grants of the CDK and with this library (bench/excess)\n'));
  console.log(`  of ${plain.excess.asked} requests that the agent never needs`);
  console.log(`  ${String(plain.excess.allowed).padStart(3)} are allowed by the CDK's own Runtime and grants`);
  console.log(`  ${String(scoped.excess.allowed).padStart(3)} are allowed by this library\n`);
  console.log(indented(table(columns, false)));
}

function showAgents() {
  const { readCloudAssembly } = require('../lib/cli/cloud-assembly.ts');
  const stacks = readCloudAssembly('cdk.out');
  const holding = (path) =>
    stacks.filter((stack) => path.startsWith(`${stack.path}/`)).sort((a, b) => b.path.length - a.path.length)[0];
  // A stack and those nested in it share one list of notes.
  const notes = stacks.filter(({ path, topPath }) => path === topPath).flatMap(({ metadata }) => [...metadata]);
  const agents = notes.flatMap(([path, entries]) =>
    entries
      .filter(({ type }) => type === 'least-agency:agent')
      .map(({ data }) => ({ ...data, path, stack: holding(path) })),
  );
  for (const agent of agents) {
    console.log(`\n${heading(`Agent ${agent.agentName}`)}\n`);
    console.log(indented(factsOf(agent)));
    console.log(`\n  grants by access level\n${indented(grantsOf(agent), 4)}`);
  }
  if (agents.length === 0) {
    console.error('demo: the example has no agent');
    process.exit(1);
  }
}

function factsOf({ owner, environment, host, trust, statements, size, boundary, grants, notes, stack, path }) {
  const unscopable = grants.flatMap((grant) => grant.unscopable);
  const used = ({ characters, limit, upTo }) =>
    `${upTo ? 'up to ' : ''}${number(characters)} of ${number(limit)} characters`;
  const facts = [
    ['owner', owner],
    ...(environment ? [['environment', environment]] : []),
    ['host', [host.label, host.name].filter(Boolean).join(' ')],
    ['trust', trust],
    ['policy', `${statements} statements`],
    ...size.policies.map((budget) => [budget.kind, used(budget)]),
    ['trust policy', used(size.trust)],
    ['boundary', boundary.shown],
    ['on * only', unscopable.join(', ') || 'nothing'],
    ['construct', path],
    ['template', relative(root, join(root, stack.templateFile))],
    ...notes.map((note) => ['note', note]),
  ];
  return columnsOf(facts);
}

/** A row for each access level and grant, the level that changes least first, with the actions it gives there. */
function grantsOf({ grants }) {
  const { ACCESS_LEVELS } = require('../lib/policy/reference/access-level.ts');
  const { findAction } = require('../lib/policy/reference/service-reference.ts');
  const rows = ACCESS_LEVELS.flatMap((level) =>
    grants.flatMap(({ id, type, purpose, actions }) => {
      const given = actions.filter((action) => findAction(action)?.level === level);
      const why = purpose ? ` (${purpose})` : '';
      return given.length === 0 ? [] : [[level, id, type, given.join(', ') + why]];
    }),
  );
  return columnsOf(rows.map((row, position) => (row[0] === rows[position - 1]?.[0] ? ['', ...row.slice(1)] : row)));
}

function columnsOf(rows) {
  const width = (column) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const cell = (text, column, row) => (column < row.length - 1 ? text.padEnd(width(column)) : text);
  return rows
    .map((row) =>
      row
        .map((text, column) => cell(text, column, row))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function indented(text, spaces = 2) {
  return text.replace(/^(?=.)/gm, ' '.repeat(spaces));
}

synthesize();
require('ts-node').register({ transpileOnly: true });
showExcess();
showAgents();
