import { App, Stack, Validations } from 'aws-cdk-lib';
import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  AgentFunctionGrant,
  AgentGuardrail,
  AgentHost,
  AgentKnowledgeBaseGrant,
  AgentModel,
  AgentModelGrant,
  AgentRoleChecks,
  AgentStorageGrant,
  ScopedAgentRole,
} from 'cdk-least-agency';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Construct } from 'constructs';

/** An agent that answers questions about insurance claims, on AgentCore Runtime, and everything it uses. */
class ClaimsAgentStack extends Stack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { env: { account: '111122223333', region: 'us-east-1' } });

    // What is there already: the image, the network and the knowledge base.
    const repository = ecr.Repository.fromRepositoryName(this, 'Images', 'claims-agent');
    const vpc = ec2.Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: 'vpc-0123456789abcdef0',
      availabilityZones: ['us-east-1a', 'us-east-1b'],
      privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      privateSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
    });
    const knowledgeBase = bedrock.CfnKnowledgeBase.fromKnowledgeBaseArn(
      this,
      'Handbook',
      'arn:aws:bedrock:us-east-1:111122223333:knowledge-base/KBCLAIMS01',
    );

    // What the agent uses: files, a key, a tool, a guardrail.
    const encryptionKey = new kms.Key(this, 'Key', { enableKeyRotation: true });
    const bucket = claimFiles(this, encryptionKey);
    const lookup = claimLookup(this);
    const guardrail = new bedrock.CfnGuardrail(this, 'Guardrail', {
      name: 'claims',
      blockedInputMessaging: 'I can only talk about claims.',
      blockedOutputsMessaging: 'I can only talk about claims.',
      sensitiveInformationPolicyConfig: {
        piiEntitiesConfig: [{ type: 'US_SOCIAL_SECURITY_NUMBER', action: 'ANONYMIZE' }],
      },
    });
    const guardrailVersion = new bedrock.CfnGuardrailVersion(this, 'GuardrailV1', {
      guardrailIdentifier: guardrail.attrGuardrailId,
    });

    // What the agent may do: this, and nothing else.
    const agent = new ScopedAgentRole(this, 'ClaimsAgent', {
      agentName: 'claims-agent',
      owner: 'claims-platform@example.com',
      host: AgentHost.agentCoreRuntime({ runtimeName: 'claims_agent', repository }),
    });
    new AgentModelGrant(agent, 'Claude', {
      model: AgentModel.inferenceProfile('us.anthropic.claude-sonnet-4-5-20250929-v1:0'),
      guardrail: AgentGuardrail.fromGuardrailVersion(guardrailVersion),
    });
    new AgentKnowledgeBaseGrant(agent, 'PolicyHandbook', { knowledgeBase });
    new AgentFunctionGrant(agent, 'Lookup', { function: lookup.currentVersion });
    new AgentStorageGrant(agent, 'Claims', { bucket, prefix: 'claims/', encryptionKey });

    new agentcore.Runtime(this, 'Runtime', {
      runtimeName: agent.hostName,
      executionRole: agent,
      agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromEcrRepository(repository, 'v1.4.0'),
      networkConfiguration: agentcore.RuntimeNetworkConfiguration.usingVpc(this, { vpc }),
    });
  }
}

/** The bucket with the claims, and the one that keeps the record of who read them. */
function claimFiles(scope: Construct, encryptionKey: kms.IKey): s3.Bucket {
  const closed = { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL, enforceSSL: true };
  const accessLogs = new s3.Bucket(scope, 'AccessLogs', { ...closed, serverAccessLogsPrefix: 'self/' });
  return new s3.Bucket(scope, 'Files', {
    ...closed,
    encryption: s3.BucketEncryption.KMS,
    encryptionKey,
    bucketKeyEnabled: true,
    serverAccessLogsBucket: accessLogs,
    serverAccessLogsPrefix: 'files/',
  });
}

/** The tool that looks a claim up, with a role of its own. */
function claimLookup(scope: Construct): lambda.Function {
  const logGroup = new logs.LogGroup(scope, 'LookupLogs', { retention: logs.RetentionDays.THREE_MONTHS });
  const role = new iam.Role(scope, 'LookupRole', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  return new lambda.Function(scope, 'LookupFunction', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async ({ claimId }) => ({ claimId, state: "open" });'),
    role,
    logGroup,
  });
}

const app = new App();
new ClaimsAgentStack(app, 'ClaimsAgent');
Validations.of(app).addPlugins(new AgentRoleChecks(app), new AwsSolutionsChecks(app));
