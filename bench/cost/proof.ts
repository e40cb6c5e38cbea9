// What the proof of an agent's effective access costs at synth, by what it takes: milliseconds per role.
// Run it with: npx ts-node -T bench/cost/proof.ts
process.env.CDK_VALIDATION = 'false';

import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  AgentAccessGrant,
  AgentHost,
  AgentModel,
  AgentModelGrant,
  AgentStorageGrant,
  ScopedAgentRole,
} from 'cdk-least-agency';
import { accessProof } from '../../lib/roles/seal/access-proof';
import { attachedStatements } from '../../lib/roles/seal/attached-policies';
import { effectiveAccess } from '../../lib/roles/seal/effective-access';
import { finalBoundary } from '../../lib/roles/seal/final-boundary';
import { foreignStatements } from '../../lib/roles/seal/foreign-statements';
import { resourceStatements } from '../../lib/roles/seal/resource-policies';
import { RoleSpelling } from '../../lib/roles/seal/role-spelling';
import { StageIndex } from '../../lib/synth/stage-index';

const AGENTS = 25;
const ENV = { account: '111122223333', region: 'us-east-1' };

interface Made {
  readonly agent: ScopedAgentRole;
  readonly bucket: s3.IBucket;
  readonly number: number;
}

const CASES: Readonly<
  Record<string, { boundary?: (stack: Stack) => iam.IManagedPolicy; more?: (made: Made) => void }>
> = {
  'as declared': {},
  '5 requests of other constructs, in other words': {
    more: ({ agent, bucket, number }) => {
      for (let request = 0; request < 5; request++) {
        agent.addToPrincipalPolicy(
          new iam.PolicyStatement({
            actions: ['s3:GetObject'],
            resources: [bucket.arnForObjects(`files-${number}/${request}/*`)],
            conditions: { StringEquals: { 's3:ResourceAccount': ENV.account } },
          }),
        );
      }
    },
  },
  'steps into a role, which the boundary speaks of': {
    more: ({ agent, number }) =>
      new AgentAccessGrant(agent, 'Step', {
        actions: ['sts:AssumeRole'],
        resources: [`arn:aws:iam::${ENV.account}:role/reader-${number}`],
        purpose: 'reads the archive',
      }),
  },
  'boundary of the organization, which allows services': {
    boundary: (stack) =>
      new iam.ManagedPolicy(stack, 'Org', {
        statements: [new iam.PolicyStatement({ actions: ['s3:*', 'bedrock:*', 'kms:*', 'logs:*'], resources: ['*'] })],
      }),
  },
  'boundary of the organization, which narrows': {
    boundary: (stack) =>
      new iam.ManagedPolicy(stack, 'Org', {
        statements: [
          new iam.PolicyStatement({ actions: ['s3:*', 'bedrock:*', 'kms:*', 'logs:*'], resources: ['*'] }),
          new iam.PolicyStatement({
            effect: iam.Effect.DENY,
            actions: ['s3:*'],
            resources: ['*'],
            conditions: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-west-2'] } },
          }),
        ],
      }),
  },
};

console.log('ms a role, mean   slowest   relation   case');
for (const round of ['warm-up', 'measured']) {
  for (const [name, { boundary, more }] of Object.entries(CASES)) {
    const stack = new Stack(new App(), 'Agents', { env: ENV });
    const bucket = new s3.Bucket(stack, 'Bucket');
    const permissionsBoundary = boundary?.(stack);
    const agents = Array.from({ length: AGENTS }, (_, number) => {
      const agent = new ScopedAgentRole(stack, `Agent${number}`, {
        agentName: `agent-${number}`,
        owner: 'bench',
        host: AgentHost.ecsTask(),
        ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
      });
      new AgentModelGrant(agent, 'Claude', {
        model: AgentModel.inferenceProfile('us.anthropic.claude-sonnet-4-5-20250929-v1:0'),
      });
      new AgentStorageGrant(agent, 'Files', { bucket, prefix: `files-${number}/` });
      more?.({ agent, bucket, number });
      return agent;
    });
    const index = StageIndex.now(stack);
    const relations = new Set<string>();
    const times = agents.map((agent) => {
      const spelling = new RoleSpelling(agent, index);
      const final = finalBoundary(agent, index);
      const attached = attachedStatements(index, spelling);
      const granted = resourceStatements(agent, index, spelling);
      const start = performance.now();
      foreignStatements(agent, index);
      const effective = effectiveAccess(agent, index, true, attached, granted);
      relations.add(accessProof(agent, index, effective, final, []).relation);
      return performance.now() - start;
    });
    if (round === 'measured') {
      const mean = times.reduce((sum, time) => sum + time, 0) / AGENTS;
      console.log(
        `${mean.toFixed(2).padStart(15)}${Math.max(...times)
          .toFixed(1)
          .padStart(10)}   ${[...relations].join().padEnd(8)}   ${name}`,
      );
    }
  }
}
