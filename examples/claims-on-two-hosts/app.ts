import { App, Stack, Validations } from 'aws-cdk-lib';
import * as bedrock from 'aws-cdk-lib/aws-bedrock';
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

const ACCOUNT = '111122223333';
const REGION = 'us-east-1';
const PROFILE = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';

/** The same needs of one agent, on a Bedrock agent and on a Lambda function. Everything it uses is there already. */
class TwoHostsStack extends Stack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { env: { account: ACCOUNT, region: REGION } });
    const arn = (service: string, name: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${name}`;
    const needs: ClaimNeeds = {
      knowledgeBase: bedrock.CfnKnowledgeBase.fromKnowledgeBaseArn(
        this,
        'Handbook',
        arn('bedrock', 'knowledge-base/KBCLAIMS01'),
      ),
      lookup: lambda.Version.fromVersionArn(this, 'Lookup', arn('lambda', 'function:claims-lookup:7')),
      bucket: s3.Bucket.fromBucketName(this, 'Files', 'claims-docs'),
      encryptionKey: kms.Key.fromKeyArn(this, 'Key', arn('kms', 'key/11111111-2222-3333-4444-555555555555')),
      guardrail: AgentGuardrail.fromGuardrailArn(arn('bedrock', 'guardrail/gr1claims0001'), '3'),
    };
    claimsOnBedrock(this, needs);
    claimsOnLambda(this, needs);
  }
}

interface ClaimNeeds {
  readonly knowledgeBase: bedrock.IKnowledgeBaseRef;
  readonly lookup: lambda.IVersion;
  readonly bucket: s3.IBucket;
  readonly encryptionKey: kms.IKey;
  readonly guardrail: AgentGuardrail;
}

/** What the agent may do, whatever runs it. */
function declareNeeds(agent: ScopedAgentRole, needs: ClaimNeeds): void {
  const { knowledgeBase, lookup, bucket, encryptionKey, guardrail } = needs;
  new AgentModelGrant(agent, 'Claude', { model: AgentModel.inferenceProfile(PROFILE), guardrail });
  new AgentKnowledgeBaseGrant(agent, 'PolicyHandbook', { knowledgeBase });
  new AgentFunctionGrant(agent, 'Lookup', { function: lookup });
  new AgentStorageGrant(agent, 'Claims', { bucket, prefix: 'claims/', encryptionKey });
}

function claimsOnBedrock(scope: Construct, needs: ClaimNeeds): void {
  const agent = new ScopedAgentRole(scope, 'BedrockClaims', {
    agentName: 'claims-bedrock',
    owner: 'claims-platform@example.com',
    host: AgentHost.bedrockAgent({ agentName: 'claims' }),
  });
  declareNeeds(agent, needs);
  new bedrock.CfnAgent(scope, 'Agent', {
    agentName: agent.hostName,
    agentResourceRoleArn: agent.roleArn,
    foundationModel: PROFILE,
    instruction: 'Answer questions about insurance claims. Look the claim up before you answer.',
    guardrailConfiguration: { guardrailIdentifier: 'gr1claims0001', guardrailVersion: '3' },
    knowledgeBases: [{ knowledgeBaseId: 'KBCLAIMS01', description: 'The policy handbook' }],
    actionGroups: [
      {
        actionGroupName: 'lookup',
        actionGroupExecutor: { lambda: needs.lookup.functionArn },
        functionSchema: {
          functions: [{ name: 'lookup', parameters: { claimId: { type: 'string', required: true } } }],
        },
      },
    ],
  });
}

function claimsOnLambda(scope: Construct, needs: ClaimNeeds): void {
  const logGroup = new logs.LogGroup(scope, 'Logs', { retention: logs.RetentionDays.THREE_MONTHS });
  const agent = new ScopedAgentRole(scope, 'LambdaClaims', {
    agentName: 'claims-lambda',
    owner: 'claims-platform@example.com',
    host: AgentHost.lambdaFunction({ logGroup, tracing: true }),
  });
  declareNeeds(agent, needs);
  new lambda.Function(scope, 'Function', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({ answer: "ask the model" });'),
    role: agent,
    logGroup,
    tracing: lambda.Tracing.ACTIVE,
  });
}

const app = new App();
new TwoHostsStack(app, 'TwoHosts');
Validations.of(app).addPlugins(new AgentRoleChecks(app), new AwsSolutionsChecks(app));
