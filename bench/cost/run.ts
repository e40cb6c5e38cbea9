// What the library costs at synth: milliseconds per role, side by side with roles that CDK makes and nobody checks.
// After `npm run compile` it also shows what a cold import costs, and the size of the package.
// Run it with: npx ts-node -T bench/cost/run.ts
process.env.CDK_VALIDATION = 'false';

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  AgentFunctionGrant,
  AgentHost,
  AgentKnowledgeBaseGrant,
  AgentModel,
  AgentModelGrant,
  AgentStorageGrant,
  ScopedAgentRole,
} from 'cdk-least-agency';

const ROUNDS = 5;
const SIZES = [10, 50, 200];
const PROFILE = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const PER_STACK = 50;

interface Shared {
  readonly stack: Stack;
  readonly bucket: s3.IBucket;
  readonly key: kms.IKey;
  readonly lookup: lambda.IFunction;
  readonly knowledgeBase: bedrock.IKnowledgeBaseRef;
  readonly repository: ecr.IRepository;
}

type MakeRole = (shared: Shared, number: number) => iam.IRole;

const sealed: MakeRole = ({ stack, bucket, key, lookup, knowledgeBase, repository }, number) => {
  const agent = new ScopedAgentRole(stack, `Agent${number}`, {
    agentName: `agent-${number}`,
    owner: 'bench',
    host: AgentHost.agentCoreRuntime({ runtimeName: `agent_${number}`, repository }),
  });
  new AgentModelGrant(agent, 'Claude', { model: AgentModel.inferenceProfile(PROFILE) });
  new AgentKnowledgeBaseGrant(agent, 'Handbook', { knowledgeBase });
  new AgentFunctionGrant(agent, 'Lookup', { function: lookup });
  new AgentStorageGrant(agent, 'Files', { bucket, prefix: 'files/', encryptionKey: key });
  return agent;
};

const plain: MakeRole = ({ stack, bucket, key, lookup, knowledgeBase }, number) => {
  const role = new iam.Role(stack, `Agent${number}`, {
    assumedBy: new iam.ServicePrincipal('bedrock-agentcore.amazonaws.com'),
  });
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
      resources: [`arn:aws:bedrock:*::foundation-model/${PROFILE.slice(3)}`],
    }),
  );
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['bedrock:Retrieve'],
      resources: [knowledgeBase.knowledgeBaseRef.knowledgeBaseArn],
    }),
  );
  lookup.grantInvoke(role);
  bucket.grantRead(role, 'files/*');
  key.grantDecrypt(role);
  return role;
};

/** Builds and synthesizes an app of agents, each with its AgentCore Runtime, and returns the milliseconds it took. */
function synthesize(makeRole: MakeRole, agents: number): number {
  const start = process.hrtime.bigint();
  const app = new App();
  let shared: Shared | undefined;
  for (let number = 0; number < agents; number += 1) {
    if (number % PER_STACK === 0) {
      shared = sharedResources(new Stack(app, `Stack${number / PER_STACK}`, { env: ENVIRONMENT }));
    }
    if (shared === undefined) {
      continue;
    }
    new agentcore.Runtime(shared.stack, `Runtime${number}`, {
      runtimeName: `agent_${number}`,
      executionRole: makeRole(shared, number),
      agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromEcrRepository(shared.repository, 'v1'),
    });
  }
  app.synth();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

const ENVIRONMENT = { account: '111122223333', region: 'us-east-1' };

function sharedResources(stack: Stack): Shared {
  const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:111122223333:${name}`;
  return {
    stack,
    bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'files'),
    key: kms.Key.fromKeyArn(stack, 'Key', arn('kms', 'key/11111111-2222-3333-4444-555555555555')),
    lookup: lambda.Function.fromFunctionArn(stack, 'Lookup', arn('lambda', 'function:lookup')),
    knowledgeBase: bedrock.CfnKnowledgeBase.fromKnowledgeBaseArn(
      stack,
      'KB',
      arn('bedrock', 'knowledge-base/KB00000001'),
    ),
    repository: ecr.Repository.fromRepositoryName(stack, 'Images', 'agent'),
  };
}

/** The median over the rounds, the two ways taken in turn so that a slow moment hits both. */
function medians(agents: number): { readonly ours: number; readonly theirs: number } {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(synthesize(sealed, agents));
    theirs.push(synthesize(plain, agents));
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return { ours: median(ours), theirs: median(theirs) };
}

synthesize(sealed, 5);
synthesize(plain, 5);
console.log('agents   plain CDK ms/role   this library ms/role   ratio');
for (const agents of SIZES) {
  const { ours, theirs } = medians(agents);
  const cell = (value: number, width: number) => value.toFixed(2).padStart(width);
  console.log(
    `${String(agents).padStart(6)}${cell(theirs / agents, 20)}${cell(ours / agents, 23)}${cell(ours / theirs, 8)}`,
  );
}

const root = path.join(__dirname, '..', '..');
const build = path.join(root, 'build', 'index.js');
if (existsSync(build)) {
  const cold = (modules: readonly string[]) => {
    const program = `const start = process.hrtime.bigint(); ${modules
      .map((name) => `require(${JSON.stringify(name)});`)
      .join(' ')} console.log(Number(process.hrtime.bigint() - start) / 1e6);`;
    const runs = Array.from({ length: ROUNDS }, () =>
      Number(execFileSync(process.execPath, ['-e', program], { cwd: root, encoding: 'utf8' })),
    );
    return runs.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
  };
  const cdk = cold(['aws-cdk-lib', 'aws-cdk-lib/aws-iam']);
  const both = cold(['aws-cdk-lib', 'aws-cdk-lib/aws-iam', build]);
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--loglevel=error'], { cwd: root, encoding: 'utf8' }),
  );
  console.log(
    `\ncold import: aws-cdk-lib and its aws-iam ${cdk.toFixed(0)} ms, this library on top ${(both - cdk).toFixed(0)} ms`,
  );
  console.log(
    `package: ${(packed.size / 1024).toFixed(0)} KB packed, ${(packed.unpackedSize / 1024).toFixed(0)} KB unpacked`,
  );
}
