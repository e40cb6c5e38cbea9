import {
  BedrockFoundationModel,
  CrossRegionInferenceProfile,
  CrossRegionInferenceProfileRegion,
  Guardrail,
} from '@aws-cdk/aws-bedrock-alpha';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Stack } from 'aws-cdk-lib/core';
import { ClaimsResources, GUARDRAIL_ARN, MODEL } from '../../test/claims-agent/claims-resources';

/**
 * The claims agent as the AWS CDK's own constructs make it: the AgentCore `Runtime` with its automatic role, and the
 * `grant` methods of what the agent works with. There is no grant for a knowledge base, so that statement is by hand
 * and exact.
 */
export function plainAgent(stack: Stack): void {
  const { bucket, encryptionKey, knowledgeBase, lookup, repository, vpc } = new ClaimsResources(stack);

  const runtime = new agentcore.Runtime(stack, 'Runtime', {
    runtimeName: 'claims_agent',
    agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromEcrRepository(repository, 'v1.4.0'),
    networkConfiguration: agentcore.RuntimeNetworkConfiguration.usingVpc(stack, { vpc }),
  });

  const profile = CrossRegionInferenceProfile.fromConfig({
    geoRegion: CrossRegionInferenceProfileRegion.US,
    model: new BedrockFoundationModel(MODEL, { supportsCrossRegion: true }),
  });
  profile.grantInvoke(runtime);
  Guardrail.fromGuardrailAttributes(stack, 'AppliedGuardrail', { guardrailArn: GUARDRAIL_ARN }).grantApply(runtime);
  lookup.grantInvoke(runtime);
  bucket.grantRead(runtime, 'claims/*');
  encryptionKey.grantDecrypt(runtime);
  runtime.addToRolePolicy(
    new iam.PolicyStatement({
      actions: ['bedrock:Retrieve'],
      resources: [knowledgeBase.knowledgeBaseRef.knowledgeBaseArn],
    }),
  );
}
