// `npm run demo:broken`: synthesizes the claims agent as people write it today, with two packs that look at it, and shows
// side by side what each of them says. The synthesis has to fail; the demo fails when it does not.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const require = createRequire(import.meta.url);

const OTHER = 'AwsSolutionsChecks';
const OURS = 'AgentRoleChecks';
const GRAVITY = ['fatal', 'error', 'warning'];
const WIDTH = 140;
const heading = (text) => (process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[1m${text}\u001b[22m` : text);

function synthesize() {
  const output = mkdtempSync(join(tmpdir(), 'broken-claims-agent-'));
  try {
    const cdk = join(dirname(require.resolve('aws-cdk/package.json')), 'bin', 'cdk');
    const app = 'npx ts-node -T examples/broken-claims-agent/checked.ts';
    const { status, stderr } = spawnSync(
      process.execPath,
      [cdk, 'synth', '--quiet', '--no-notices', '--output', output, '--app', app],
      {
        env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' },
        stdio: ['ignore', 'ignore', 'pipe'],
        encoding: 'utf8',
      },
    );
    try {
      const read = (file) => JSON.parse(readFileSync(join(output, file), 'utf8'));
      return { failed: status !== 0, report: read('validation-report.json'), record: read('least-agency-checks.json') };
    } catch (error) {
      throw new Error(`cdk synth left no report: ${error.message}\n${stderr}`);
    }
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

/** Every finding of a plugin: what it says of which construct. */
function findingsOf(report, plugin) {
  return report.pluginReports
    .filter(({ pluginName }) => pluginName === plugin)
    .flatMap(({ violations }) => violations)
    .flatMap(({ ruleName, severity, description, ruleMetadata, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => ({
        rule: ruleMetadata?.rule ?? ruleName,
        severity,
        says: withoutPaths(description.split('\n')[0]),
        place: constructPath.replace(/\/Resource$/, '').replace(/\/DefaultPolicy$/, ''),
      })),
    );
}

/** Constructs by their own ids, and statements without their places: the paths stand above. */
function withoutPaths(text) {
  return text
    .replace(/^AssumeRolePolicyDocument\S* (?:\(\w+\) )?of \S+/, 'Its trust')
    .replace(/^(?:Policies\[\d+\]\.)?PolicyDocument\S* (?:\(\w+\) )?of \S+/, 'A statement')
    .replace(/\bBrokenClaims(?:\/[\w-]+)*\/([\w-]+)\/(?:DefaultPolicy\/)?Resource\b/g, '$1');
}

const shortened = (text, width) => (text.length <= width ? text : `${text.slice(0, width - 3).trimEnd()}...`);

/** `IAM5 (12 wildcards), IAM4`: the rules alone, since the ids hold the whole ARNs. */
function counted(findings) {
  const names = findings.map(({ rule }) => rule.replace(/^AwsSolutions-/, '').replace(/\[.*$/, ''));
  return [...new Set(names)]
    .map((name) => {
      const times = names.filter((other) => other === name).length;
      return times === 1 ? name : `${name} (${times} times)`;
    })
    .join(', ');
}

function show(place, theirs, ours) {
  console.log(`\n${heading(place)}`);
  console.log(`  ${OTHER}  ${counted(theirs) || 'nothing'}`);
  const rows = [...ours].sort((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity));
  const width = Math.max(0, ...rows.map(({ rule }) => rule.length));
  rows.forEach(({ rule, severity, says }, position) => {
    const start = `  ${(position === 0 ? OURS : '').padEnd(OTHER.length)}  ${severity.padEnd(8)}${rule.padEnd(width)}  `;
    console.log(`${start}${shortened(says, Math.max(40, WIDTH - start.length))}`);
  });
}

const { failed, report, record } = synthesize();
const theirs = findingsOf(report, 'AwsSolutions');
const ours = findingsOf(report, 'LeastAgency');
const [run] = record.runs;

console.log(
  heading('The claims agent as people write it today (examples/broken-claims-agent), and what two packs say of it'),
);
const aboutRoles = theirs.filter(({ rule }) => /-IAM\d/.test(rule));
const places = [...new Set([...ours, ...aboutRoles].map(({ place }) => place))];
const gravity = (place) =>
  Math.min(...ours.filter((found) => found.place === place).map(({ severity }) => GRAVITY.indexOf(severity)));
places.sort((a, b) => gravity(a) - gravity(b));
for (const place of places) {
  show(
    place,
    theirs.filter((found) => found.place === place),
    ours.filter((found) => found.place === place),
  );
}
const elsewhere = theirs.filter(({ place }) => !places.includes(place)).length;
const count = (severity) => `${ours.filter((found) => found.severity === severity).length} ${severity}`;
console.log(`
${OURS}: ${GRAVITY.map(count).join(', ')}; ${run.rules} rules, ${run.agentRoles.length} agent roles, service reference of ${run.serviceReference.date}
${OTHER}: ${theirs.length - elsewhere} on the same constructs, ${elsewhere} about other things (logs, buckets, runtimes)`);

if (!failed || ours.length === 0) {
  console.error('demo: the broken agent was not refused');
  process.exit(1);
}
