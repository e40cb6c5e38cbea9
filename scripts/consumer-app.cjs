// The declaration of the README as a user's plain JavaScript program. scripts/consumer-test.mjs runs a copy of it in a
// project that has nothing but the packed library and its peers; it prints the synthesized template.
const cdk = require('aws-cdk-lib');
const agentcore = require('aws-cdk-lib/aws-bedrockagentcore');
const bedrock = require('aws-cdk-lib/aws-bedrock');
const ecr = require('aws-cdk-lib/aws-ecr');
const kms = require('aws-cdk-lib/aws-kms');
const lambda = require('aws-cdk-lib/aws-lambda');
const s3 = require('aws-cdk-lib/aws-s3');
const agency = require('cdk-least-agency');

class ClaimsStack extends cdk.Stack {
  constructor(scope, id) {
    super(scope, id);

    const repository = new ecr.Repository(this, 'Images');
    const encryptionKey = new kms.Key(this, 'Key');
    const bucket = new s3.Bucket(this, 'Bucket', { encryptionKey });
    const guardrail = new bedrock.CfnGuardrail(this, 'Guardrail', {
      name: 'claims',
      blockedInputMessaging: 'no',
      blockedOutputsMessaging: 'no',
    });
    const knowledgeBase = new bedrock.CfnKnowledgeBase(this, 'Handbook', {
      name: 'handbook',
      roleArn: cdk.Stack.of(this).formatArn({ service: 'iam', region: '', resource: 'role', resourceName: 'handbook' }),
      knowledgeBaseConfiguration: { type: 'KENDRA', kendraKnowledgeBaseConfiguration: { kendraIndexArn: 'arn:index' } },
    });
    const lookup = new lambda.Function(this, 'LookupFunction', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => ({});'),
    });

    const agent = new agency.ScopedAgentRole(this, 'ClaimsAgent', {
      agentName: 'claims-agent',
      owner: 'claims-platform@example.com',
      host: agency.AgentHost.agentCoreRuntime({ runtimeName: 'claims_agent', repository }),
    });
    new agency.AgentModelGrant(agent, 'Claude', {
      model: agency.AgentModel.inferenceProfile('us.anthropic.claude-sonnet-4-5-20250929-v1:0'),
      guardrail: agency.AgentGuardrail.fromGuardrail(guardrail, '1'),
    });
    new agency.AgentKnowledgeBaseGrant(agent, 'PolicyHandbook', { knowledgeBase });
    new agency.AgentFunctionGrant(agent, 'Lookup', { function: lookup.currentVersion });
    new agency.AgentStorageGrant(agent, 'Claims', { bucket, prefix: 'claims/', encryptionKey });

    new agentcore.Runtime(this, 'Runtime', {
      runtimeName: agent.hostName,
      executionRole: agent,
      agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromEcrRepository(repository, 'v1.4.0'),
    });

    const access = agency.EffectiveAccess.ofRole(agent);
    if (access.decide({ action: 's3:DeleteObject', resource: bucket.arnForObjects('claims/1') }).isAllowed) {
      throw new Error('the agent may delete');
    }
    const change = agency.PolicyComparison.between(access, agency.EffectiveAccess.ofRole(agent));
    if (change.relation !== agency.AccessRelation.EQUAL) {
      throw new Error(change.describe());
    }
  }
}

const app = new cdk.App({ outdir: 'cdk.out' });
new ClaimsStack(app, 'Claims');
cdk.Validations.of(app).addPlugins(new agency.AgentHumanInheritanceChecks(app));
process.stdout.write(JSON.stringify(app.synth().getStackByName('Claims').template));
