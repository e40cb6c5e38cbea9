import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Stack } from 'aws-cdk-lib/core';
import { AgentAccessGrant } from '../../lib/grants/agent-access-grant';
import { AgentFunctionGrant, type AgentFunctionGrantProps } from '../../lib/grants/agent-function-grant';
import { AgentGuardrail } from '../../lib/grants/agent-guardrail';
import { AgentKeyGrant, type AgentKeyGrantProps, KeyUse } from '../../lib/grants/agent-key-grant';
import { AgentKnowledgeBaseGrant } from '../../lib/grants/agent-knowledge-base-grant';
import { AgentModel } from '../../lib/grants/agent-model';
import { AgentModelGrant, type AgentModelGrantProps } from '../../lib/grants/agent-model-grant';
import { AgentStorageGrant, type AgentStorageGrantProps, StorageAccess } from '../../lib/grants/agent-storage-grant';
import type { ScopedAgentRole } from '../../lib/roles/scoped-agent-role';
import { ACCOUNT, type AgentOptions, REGION } from './agent-fixture';

/** An agent with one need, which the cases of its name ask about. */
export interface DeclaredGrants {
  readonly declare: (agent: ScopedAgentRole, stack: Stack) => void;
  readonly options?: AgentOptions;
}

export const NOVA = 'amazon.nova-lite-v1:0';
export const SONNET = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
export const GUARDRAIL_ARN = `arn:aws:bedrock:${REGION}:${ACCOUNT}:guardrail/gr1orders0001`;
export const KNOWLEDGE_BASE_ARN = `arn:aws:bedrock:${REGION}:${ACCOUNT}:knowledge-base/KBORDERS01`;
export const FUNCTION_ARN = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:lookup`;
export const KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
const OWN = `arn:aws:bedrock:${REGION}:${ACCOUNT}`;
const BECAUSE = { purpose: 'the cases ask for it' };

const model = (called: AgentModel, more: Partial<AgentModelGrantProps> = {}): DeclaredGrants['declare'] =>
  function declare(agent) {
    new AgentModelGrant(agent, 'Model', { model: called, ...more });
  };

const guarded = (version: string, guardrailProfile?: string): Partial<AgentModelGrantProps> => ({
  guardrail: AgentGuardrail.fromGuardrailArn(GUARDRAIL_ARN, version, { guardrailProfile }),
});

const storage = (more: Partial<AgentStorageGrantProps>): DeclaredGrants['declare'] =>
  function declare(agent, stack) {
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'orders');
    new AgentStorageGrant(agent, 'Files', { bucket, prefix: 'open/', ...BECAUSE, ...more });
  };

const encrypted = (access: StorageAccess[]): DeclaredGrants['declare'] =>
  function declare(agent, stack) {
    storage({ access, encryptionKey: kms.Key.fromKeyArn(stack, 'Key', KEY_ARN) })(agent, stack);
  };

const key = (more: Partial<AgentKeyGrantProps>): DeclaredGrants['declare'] =>
  function declare(agent, stack) {
    new AgentKeyGrant(agent, 'Key', { key: kms.Key.fromKeyArn(stack, 'Imported', KEY_ARN), ...BECAUSE, ...more });
  };

const tool = (target: (stack: Stack) => AgentFunctionGrantProps): DeclaredGrants['declare'] =>
  function declare(agent, stack) {
    new AgentFunctionGrant(agent, 'Tool', target(stack));
  };

const knowledge = (more: { retrieveAndGenerate?: boolean; rerank?: boolean }): DeclaredGrants['declare'] =>
  function declare(agent, stack) {
    const knowledgeBase = bedrock.CfnKnowledgeBase.fromKnowledgeBaseArn(stack, 'Orders', KNOWLEDGE_BASE_ARN);
    new AgentKnowledgeBaseGrant(agent, 'Handbook', { knowledgeBase, ...BECAUSE, ...more });
  };

const table = (more: {
  conditions?: Record<string, Record<string, unknown>>;
  until?: string;
}): DeclaredGrants['declare'] =>
  function declare(agent) {
    new AgentAccessGrant(agent, 'Table', {
      actions: ['dynamodb:GetItem'],
      resources: [`arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/orders`],
      ...more,
    });
  };

const unqualified = (stack: Stack): lambda.IFunction =>
  lambda.Function.fromFunctionArn(stack, 'Function', FUNCTION_ARN);

/** What the case files of test/cases/grants ask about: an agent for each of their entries, by file and entry. */
export const DECLARED: Readonly<Record<string, Readonly<Record<string, DeclaredGrants>>>> = {
  'agent-model-grant': {
    'a foundation model': { declare: model(AgentModel.foundationModel(NOVA)) },
    'a foundation model without streaming': { declare: model(AgentModel.foundationModel(NOVA), { streaming: false }) },
    'a profile of a geography': { declare: model(AgentModel.inferenceProfile(`us.${SONNET}`)) },
    'a profile called from another region': {
      declare: model(AgentModel.inferenceProfile(`eu.${SONNET}`, { sourceRegions: ['eu-west-1'] })),
    },
    'a profile that the library does not know': {
      declare: model(
        AgentModel.inferenceProfile('us.example.new-v1:0', { destinationRegions: ['us-east-1', 'us-west-2'] }),
      ),
    },
    'a global profile': { declare: model(AgentModel.inferenceProfile(`global.${SONNET}`)) },
    'a profile in GovCloud': {
      declare: model(AgentModel.inferenceProfile(`us-gov.${SONNET}`)),
      options: { env: { account: ACCOUNT, region: 'us-gov-east-1' } },
    },
    'an application profile of a foundation model': {
      declare: model(
        AgentModel.applicationInferenceProfile(
          `${OWN}:application-inference-profile/ap1orders0001`,
          AgentModel.foundationModel(NOVA),
        ),
      ),
    },
    'an application profile of a global profile': {
      declare: model(
        AgentModel.applicationInferenceProfile(
          `${OWN}:application-inference-profile/ap1orders0001`,
          AgentModel.inferenceProfile(`global.${SONNET}`),
        ),
      ),
    },
    'an application profile of a global profile, on a Bedrock agent': {
      declare: model(
        AgentModel.applicationInferenceProfile(
          `${OWN}:application-inference-profile/ap1orders0001`,
          AgentModel.inferenceProfile(`global.${SONNET}`),
        ),
      ),
      options: { host: 'bedrockAgent' },
    },
    'provisioned throughput': {
      declare: model(AgentModel.provisionedModel(`${OWN}:provisioned-model/pm1orders0001`)),
    },
    'an imported model': { declare: model(AgentModel.importedModel(`${OWN}:imported-model/im1orders0001`)) },
    'a deployment of a custom model': {
      declare: model(AgentModel.customModelDeployment(`${OWN}:custom-model-deployment/cd1orders0001`)),
    },
  },
  'agent-guardrail': {
    'version 3 of a guardrail, on a foundation model': {
      declare: model(AgentModel.foundationModel(NOVA), guarded('3')),
    },
    'version 3 of a guardrail, on a profile': {
      declare: model(AgentModel.inferenceProfile(`us.${SONNET}`), guarded('3')),
    },
    'the draft of a guardrail': {
      declare: model(AgentModel.foundationModel(NOVA), guarded(AgentGuardrail.DRAFT)),
    },
    'a guardrail that runs across regions': {
      declare: model(AgentModel.foundationModel(NOVA), guarded('3', 'us.guardrail.v1:0')),
    },
    'a guardrail that is not enforced': {
      declare: model(AgentModel.foundationModel(NOVA), { ...guarded('3'), enforceGuardrail: false }),
    },
    'a guardrail on a Bedrock agent': {
      declare: model(AgentModel.inferenceProfile(`us.${SONNET}`), guarded('3')),
      options: { host: 'bedrockAgent' },
    },
  },
  'agent-knowledge-base-grant': {
    'a knowledge base': { declare: knowledge({}) },
    'a knowledge base, and answers from it': { declare: knowledge({ retrieveAndGenerate: true }) },
    'a knowledge base, and passages reordered': { declare: knowledge({ rerank: true }) },
  },
  'agent-function-grant': {
    'a function': { declare: tool((stack) => ({ function: unqualified(stack) })) },
    'a version': {
      declare: tool((stack) => ({ function: lambda.Version.fromVersionArn(stack, 'Version', `${FUNCTION_ARN}:7`) })),
    },
    'an alias': {
      declare: tool((stack) => ({
        function: lambda.Alias.fromAliasAttributes(stack, 'Alias', {
          aliasName: 'live',
          aliasVersion: lambda.Version.fromVersionArn(stack, 'Version', `${FUNCTION_ARN}:7`),
        }),
      })),
    },
    'a function of a Bedrock agent': {
      declare: tool((stack) => ({ function: unqualified(stack) })),
      options: { host: 'bedrockAgent' },
    },
  },
  'agent-storage-grant': {
    reading: { declare: storage({}) },
    'reading old versions': { declare: storage({ versions: true }) },
    writing: { declare: storage({ access: [StorageAccess.WRITE] }) },
    deleting: { declare: storage({ access: [StorageAccess.DELETE] }) },
    'deleting old versions': { declare: storage({ access: [StorageAccess.DELETE], versions: true }) },
    'reading with a key': { declare: encrypted([StorageAccess.READ]) },
    'writing with a key': { declare: encrypted([StorageAccess.WRITE]) },
    'deleting with a key': { declare: encrypted([StorageAccess.DELETE]) },
    "reading another account's bucket in another region": {
      declare: (agent, stack) => {
        const bucket = s3.Bucket.fromBucketAttributes(stack, 'Bucket', {
          bucketName: 'orders',
          account: '444455556666',
          region: 'eu-west-1',
        });
        const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:444455556666:key/far');
        new AgentStorageGrant(agent, 'Files', { bucket, prefix: 'open/', encryptionKey });
      },
    },
    'reading with a key in China': {
      declare: (agent, stack) => {
        const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'orders');
        const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', `arn:aws-cn:kms:cn-north-1:${ACCOUNT}:key/near`);
        new AgentStorageGrant(agent, 'Files', { bucket, prefix: 'open/', encryptionKey });
      },
      options: { env: { account: ACCOUNT, region: 'cn-north-1' } },
    },
  },
  'agent-key-grant': {
    'decrypting through a service': { declare: key({ viaService: 'secretsmanager' }) },
    'decrypting for an encryption context': { declare: key({ encryptionContext: { tenant: 'a', order: '7' } }) },
    'decrypting through a service and for a context': {
      declare: key({ viaService: 'dynamodb', encryptionContext: { 'aws:dynamodb:tableName': 'orders' } }),
    },
    'decrypting directly': { declare: key({ unconditionalReason: 'the envelope has no context' }) },
    encrypting: { declare: key({ uses: [KeyUse.ENCRYPT], encryptionContext: { tenant: 'a' } }) },
    'making data keys': { declare: key({ uses: [KeyUse.GENERATE_DATA_KEY], encryptionContext: { tenant: 'a' } }) },
    signing: { declare: key({ uses: [KeyUse.SIGN], unconditionalReason: 'signs receipts' }) },
    'checking signatures': { declare: key({ uses: [KeyUse.VERIFY], unconditionalReason: 'checks receipts' }) },
    'making authentication codes': {
      declare: key({ uses: [KeyUse.GENERATE_MAC], unconditionalReason: 'marks receipts' }),
    },
    'checking authentication codes': {
      declare: key({ uses: [KeyUse.VERIFY_MAC], unconditionalReason: 'checks receipts' }),
    },
  },
  'agent-access-grant': {
    'one action on one resource': { declare: table({}) },
    'with a condition': {
      declare: table({ conditions: { StringEquals: { 'aws:SourceVpc': ['vpc-1', 'vpc-2'] } } }),
    },
    'until a day': { declare: table({ until: '2030-06-30' }) },
    'until an instant': { declare: table({ until: '2030-06-30T12:00:00Z' }) },
    'until an instant, with a date of its own': {
      declare: table({
        until: '2030-06-30T12:00:00Z',
        conditions: { DateLessThan: { 'aws:TokenIssueTime': '2030-01-01T00:00:00Z' } },
      }),
    },
    'a wildcard within a name': {
      declare: (agent) => {
        new AgentAccessGrant(agent, 'Indexes', {
          actions: ['dynamodb:Query'],
          resources: [`arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/orders/index/*`],
        });
      },
    },
    'an action without resources': {
      declare: (agent) => {
        new AgentAccessGrant(agent, 'Random', { actions: ['kms:GenerateRandom'], resources: ['*'], ...BECAUSE });
      },
    },
    'a version of a function': {
      declare: (agent) => {
        new AgentAccessGrant(agent, 'Call', {
          actions: ['lambda:InvokeFunction'],
          resources: [`${FUNCTION_ARN}:7`],
          ...BECAUSE,
        });
      },
    },
    'a role to step into': {
      declare: (agent) => {
        new AgentAccessGrant(agent, 'Reports', {
          actions: ['sts:AssumeRole'],
          resources: [`arn:aws:iam::${ACCOUNT}:role/reports`],
          ...BECAUSE,
        });
      },
    },
  },
};
