// The claims agent as people write it today: not a word of it is rejected by the CDK, and `AwsSolutionsChecks` sees a
// part. `npm run demo:broken` shows what `AgentRoleChecks` says. It is not named app.ts, since synthesizing it has to fail.
import {
  BedrockFoundationModel,
  CrossRegionInferenceProfile,
  CrossRegionInferenceProfileRegion,
} from '@aws-cdk/aws-bedrock-alpha';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

const MODEL = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
const SSO_ROLE =
  'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Developer_0123456789abcdef';

export class BrokenClaimsAgentStack extends Stack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { env: { account: '111122223333', region: 'us-east-1' } });
    const repository = ecr.Repository.fromRepositoryName(this, 'Images', 'claims-agent');
    const image = agentcore.AgentRuntimeArtifact.fromEcrRepository(repository, 'v1.4.0');

    // The tool that pays claims out. Somebody needed it to work by Friday.
    const payoutRole = new iam.Role(this, 'PayoutRole', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    payoutRole.addToPolicy(new iam.PolicyStatement({ actions: ['*'], resources: ['*'] }));
    const payout = new lambda.Function(this, 'Payout', {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => ({ paid: true });'),
      role: payoutRole,
    });
    const tools = new agentcore.Gateway(this, 'Tools', {
      gatewayName: 'claims-tools',
      authorizerConfiguration: agentcore.GatewayAuthorizer.usingAwsIam(),
    });
    tools.addLambdaTarget('Payout', {
      gatewayTargetName: 'payout',
      lambdaFunction: payout,
      toolSchema: agentcore.ToolSchema.fromInline([
        {
          name: 'pay_claim',
          description: 'Pays a claim out.',
          inputSchema: { type: agentcore.SchemaDefinitionType.OBJECT, properties: {} },
        },
      ]),
    });

    // The agent that talks to customers: the plain L2, and the grants that its README shows.
    const key = new kms.Key(this, 'Key', { enableKeyRotation: true });
    const files = new s3.Bucket(this, 'Files', { encryptionKey: key, enforceSSL: true });
    const intake = new agentcore.Runtime(this, 'Intake', { runtimeName: 'claims_intake', agentRuntimeArtifact: image });
    files.grantRead(intake, 'claims/*');
    payout.grantInvoke(intake);
    CrossRegionInferenceProfile.fromConfig({
      geoRegion: CrossRegionInferenceProfileRegion.US,
      model: new BedrockFoundationModel(MODEL, { supportsCrossRegion: true }),
    }).grantInvoke(intake);

    // The agent that reviews them: a developer's role was at hand.
    const developer = new iam.Role(this, 'DeveloperRole', {
      assumedBy: new iam.CompositePrincipal(
        new iam.ArnPrincipal(SSO_ROLE),
        new iam.ServicePrincipal('bedrock-agentcore.amazonaws.com'),
      ),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess')],
      maxSessionDuration: Duration.hours(12),
    });
    developer.addToPolicy(
      new iam.PolicyStatement({
        actions: ['iam:PassRole', 'iam:CreateRole', 'lambda:CreateFunction'],
        resources: ['*'],
      }),
    );
    for (const name of ['review', 'appeal']) {
      new agentcore.Runtime(this, `${name}-runtime`, {
        runtimeName: `claims_${name}`,
        agentRuntimeArtifact: image,
        executionRole: developer,
      });
    }
  }
}

/** The app, without checks. */
export function brokenClaimsAgent(app: App = new App()): App {
  new BrokenClaimsAgentStack(app, 'BrokenClaims');
  return app;
}
