import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Stack } from 'aws-cdk-lib/core';

/** Agents in one stack; CloudFormation takes 500 resources. */
const PER_STACK = 25;

/**
 * An app of agents, each an AgentCore `Runtime` with the role that the L2 makes and the grants that its docs show, a tool
 * and the tool's role. Every second agent reads what another stack owns.
 */
export function manyAgents(count: number): App {
  // As the CDK's command line runs it: resources have the paths of their constructs as metadata.
  const context = { 'aws:cdk:enable-path-metadata': true };
  const app = new App({ analyticsReporting: false, treeMetadata: false, context });
  let shared: { readonly bucket: s3.IBucket; readonly key: kms.IKey } | undefined;
  for (let first = 0; first < count; first += PER_STACK) {
    const stack = new Stack(app, `Agents${first}`, { env: { account: '111122223333', region: 'us-east-1' } });
    const repository = ecr.Repository.fromRepositoryName(stack, 'Images', 'agents');
    const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
    const own = { bucket: new s3.Bucket(stack, 'Files', { encryptionKey: key }), key };
    for (let number = first; number < Math.min(count, first + PER_STACK); number++) {
      agent(stack, number, repository, number % 2 === 1 && shared ? shared : own);
    }
    shared = own;
  }
  return app;
}

function agent(
  stack: Stack,
  number: number,
  repository: ecr.IRepository,
  { bucket, key }: { readonly bucket: s3.IBucket; readonly key: kms.IKey },
): void {
  const role = new iam.Role(stack, `ToolRole${number}`, {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
  });
  const tool = new lambda.Function(stack, `Tool${number}`, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({});'),
    role,
  });
  const runtime = new agentcore.Runtime(stack, `Agent${number}`, {
    runtimeName: `agent_${number}`,
    agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromEcrRepository(repository, 'v1'),
  });
  bucket.grantRead(runtime, `agent-${number}/*`);
  key.grantDecrypt(runtime);
  tool.grantInvoke(runtime);
  runtime.addToRolePolicy(
    new iam.PolicyStatement({
      actions: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
      resources: [`arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-${number}`],
    }),
  );
}
