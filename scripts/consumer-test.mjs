// Installs the packed library into an empty project beside its peers, as a user does, and synthesizes the README's
// declaration there: `node scripts/consumer-test.mjs <floor|newest>`. Needs a build; leaves nothing behind.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { peerDependencies, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The lowest version of each peer that the library promises to work with, and the highest that users get today. */
const PEERS = {
  floor: ([name, range]) => `${name}@${range.replace('^', '')}`,
  newest: ([name, range]) => `${name}@${range}`,
};

const peers = PEERS[process.argv[2]];
if (peers === undefined) throw new Error(`expected ${Object.keys(PEERS).join(' or ')}, got: ${process.argv[2]}`);

const project = mkdtempSync(join(tmpdir(), 'least-agency-consumer-'));
const run = (command, args, cwd = project) =>
  execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, CDK_VALIDATION: 'false' },
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
const npm = (...args) => run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error']);

try {
  const [{ filename, files }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', project], root));
  for (const needed of [
    '.jsii',
    'build/index.js',
    'build/index.d.ts',
    'bin/least-agency.js',
    'assets/cli/main.js',
    'LICENSE',
    'NOTICE',
  ]) {
    assert(
      files.some(({ path }) => path === needed),
      `the package lacks ${needed}`,
    );
  }

  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'consumer', version: '0.0.0', private: true }));
  npm('install', `./${filename}`, ...Object.entries(peerDependencies).map(peers));
  for (const name of Object.keys(peerDependencies)) {
    const installed = JSON.parse(readFileSync(join(project, 'node_modules', name, 'package.json'), 'utf8'));
    console.log(`${name} ${installed.version}`);
  }

  copyFileSync(join(root, 'scripts', 'consumer-app.cjs'), join(project, 'app.cjs'));
  const template = JSON.parse(run(process.execPath, ['app.cjs']));
  const ofType = (type) => Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);

  const runtime = ofType('AWS::BedrockAgentCore::Runtime')[0][1];
  const [roleId] = runtime.Properties.RoleArn['Fn::GetAtt'];
  const role = template.Resources[roleId];
  const trusted = role.Properties.AssumeRolePolicyDocument.Statement.map(({ Principal }) => Principal.Service);
  assert.deepEqual(trusted, ['bedrock-agentcore.amazonaws.com'], 'the host alone is trusted');

  const policies = JSON.stringify([
    role.Properties.Policies ?? [],
    ofType('AWS::IAM::Policy').filter(([, { Properties }]) => Properties.Roles?.some(({ Ref }) => Ref === roleId)),
    ofType('AWS::IAM::ManagedPolicy').filter(([, { Properties }]) =>
      Properties.Roles?.some(({ Ref }) => Ref === roleId),
    ),
  ]);
  for (const action of ['bedrock:InvokeModel', 'bedrock:Retrieve', 'lambda:InvokeFunction', 's3:GetObject']) {
    assert(policies.includes(`"${action}"`), `the role lacks ${action}`);
  }

  const record = JSON.parse(readFileSync(join(project, 'cdk.out', 'least-agency-checks.json'), 'utf8'));
  assert.equal(record.runs[0].agentRoles.length, 1, 'the checks see the role of the agent');

  const program = (...args) =>
    run(process.execPath, [join('node_modules', 'cdk-least-agency', 'bin', 'least-agency.js'), ...args]);
  const said = program('--version');
  assert(said.includes(version), `least-agency --version says ${version}, got: ${said}`);
  const expanded = JSON.parse(program('expand', 's3:getobject', '--json'));
  assert.deepEqual(
    expanded.actions.map(({ name }) => name),
    ['s3:GetObject'],
    'least-agency finds its service reference',
  );
  console.log(`cdk-least-agency ${version} synthesizes`);
} finally {
  rmSync(project, { recursive: true, force: true });
}
