import * as bedrockAlpha from '@aws-cdk/aws-bedrock-alpha';
import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Stack } from 'aws-cdk-lib/core';
import { AgentGuardrail } from '../../lib/grants/agent-guardrail';
import { AgentKeyGrant } from '../../lib/grants/agent-key-grant';
import { AgentKnowledgeBaseGrant } from '../../lib/grants/agent-knowledge-base-grant';
import { AgentModel } from '../../lib/grants/agent-model';
import { AgentModelGrant } from '../../lib/grants/agent-model-grant';
import { AgentStorageGrant } from '../../lib/grants/agent-storage-grant';
import { AgentHost } from '../../lib/roles/agent-host';
import { ScopedAgentRole } from '../../lib/roles/scoped-agent-role';
import { ACCOUNT, REGION, SynthesizedAgent } from './agent-fixture';
import { GUARDRAIL_ARN, KEY_ARN, KNOWLEDGE_BASE_ARN, NOVA } from './declared-grants';

const ROLE = `arn:aws:iam::${ACCOUNT}:role/service`;
const arnOf = (logicalId: unknown, attribute = 'Arn') => ({ 'Fn::GetAtt': [logicalId, attribute] });
const id = (prefix: string) => expect.stringMatching(new RegExp(`^${prefix}[0-9A-F]{8}$`));

describe('a bucket', () => {
  test.each([
    ['of CDK', (stack: Stack) => new s3.Bucket(stack, 'Bucket'), arnOf(id('Bucket'))],
    ['of CloudFormation', (stack: Stack) => new s3.CfnBucket(stack, 'Bucket'), arnOf('Bucket')],
    [
      'imported by name',
      (stack: Stack) => s3.Bucket.fromBucketName(stack, 'Bucket', 'orders'),
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::orders']] },
    ],
    [
      'imported by ARN',
      (stack: Stack) => s3.Bucket.fromBucketArn(stack, 'Bucket', 'arn:aws:s3:::orders'),
      'arn:aws:s3:::orders',
    ],
  ])('%s can be read', (_, make, arn) => {
    const agent = SynthesizedAgent.with((own, stack) => {
      new AgentStorageGrant(own, 'Files', { bucket: make(stack), prefix: 'open/' });
    });
    expect(agent.rendered[1]).toMatchObject({ Action: 's3:ListBucket', Resource: arn });
    expect(JSON.stringify(agent.rendered[0]?.Resource)).toContain('/open/*');
    expect(agent.rendered[0]).toMatchObject({ Condition: { StringEquals: { 's3:ResourceAccount': ACCOUNT } } });
  });
});

describe('a key', () => {
  test.each([
    ['of CDK', (stack: Stack) => new kms.Key(stack, 'Key'), arnOf(id('Key'))],
    ['of CloudFormation', (stack: Stack) => new kms.CfnKey(stack, 'Key', {}), arnOf('Key')],
    ['imported by ARN', (stack: Stack) => kms.Key.fromKeyArn(stack, 'Key', KEY_ARN), KEY_ARN],
    ['imported of CloudFormation', (stack: Stack) => kms.CfnKey.fromKeyArn(stack, 'Key', KEY_ARN), KEY_ARN],
  ] as const)('%s can be used', (_, make, arn) => {
    const agent = SynthesizedAgent.with((own, stack) => {
      new AgentKeyGrant(own, 'Key', { key: make(stack), viaService: 'secretsmanager' });
    });
    expect(agent.rendered).toMatchObject([{ Action: 'kms:Decrypt', Resource: arn }]);
  });
});

describe('a knowledge base', () => {
  test.each([
    [
      'of CloudFormation',
      (stack: Stack) =>
        new bedrock.CfnKnowledgeBase(stack, 'Handbook', {
          name: 'handbook',
          roleArn: ROLE,
          knowledgeBaseConfiguration: { type: 'KENDRA' },
        }),
      arnOf('Handbook', 'KnowledgeBaseArn'),
    ],
    [
      'imported by ARN',
      (stack: Stack) => bedrock.CfnKnowledgeBase.fromKnowledgeBaseArn(stack, 'Handbook', KNOWLEDGE_BASE_ARN),
      KNOWLEDGE_BASE_ARN,
    ],
    [
      'imported by id',
      (stack: Stack) => bedrock.CfnKnowledgeBase.fromKnowledgeBaseId(stack, 'Handbook', 'KBORDERS01'),
      {
        'Fn::Join': [
          '',
          ['arn:', { Ref: 'AWS::Partition' }, `:bedrock:${REGION}:${ACCOUNT}:knowledge-base/KBORDERS01`],
        ],
      },
    ],
  ])('%s can be read', (_, make, arn) => {
    const agent = SynthesizedAgent.with((own, stack) => {
      new AgentKnowledgeBaseGrant(own, 'Handbook', { knowledgeBase: make(stack) });
    });
    expect(agent.rendered).toMatchObject([{ Action: 'bedrock:Retrieve', Resource: arn }]);
  });
});

describe('a guardrail', () => {
  const props = { name: 'orders', blockedInputMessaging: 'no', blockedOutputsMessaging: 'no' };
  const ofCdk = (stack: Stack) => new bedrockAlpha.Guardrail(stack, 'Guardrail', { guardrailName: 'orders' });

  test.each([
    [
      // The Ref of this resource is its ARN.
      'of CloudFormation',
      (stack: Stack) => AgentGuardrail.fromGuardrail(new bedrock.CfnGuardrail(stack, 'Guardrail', props), '1'),
      { Ref: 'Guardrail' },
    ],
    [
      'of CDK (alpha), by its ARN',
      (stack: Stack) => AgentGuardrail.fromGuardrailArn(ofCdk(stack).guardrailArn, '1'),
      arnOf(expect.stringMatching(/^Guardrail/), 'GuardrailArn'),
    ],
    ['by its ARN', () => AgentGuardrail.fromGuardrailArn(GUARDRAIL_ARN, '1'), GUARDRAIL_ARN],
  ] as const)('%s can be enforced', (_, make, arn) => {
    const agent = SynthesizedAgent.with((own, stack) => {
      new AgentModelGrant(own, 'Model', { model: AgentModel.foundationModel(NOVA), guardrail: make(stack) });
    });
    expect(agent.rendered[1]).toMatchObject({ Action: 'bedrock:ApplyGuardrail', Resource: arn });
    const [identifier] = agent.rendered.map(({ Condition: condition }) => JSON.stringify(condition));
    expect(identifier).toMatch(/GuardrailIdentifier.*:1["\]]/);
  });

  test('of CDK (alpha) can be enforced by a version that is not known yet', () => {
    const agent = SynthesizedAgent.with((own, stack) => {
      const resource = ofCdk(stack);
      resource.createVersion();
      const guardrail = AgentGuardrail.fromGuardrailArn(resource.guardrailArn, resource.guardrailVersion);
      new AgentModelGrant(own, 'Model', { model: AgentModel.foundationModel(NOVA), guardrail });
    });
    expect(JSON.stringify(agent.rendered[0])).toMatch(/GuardrailIdentifier.*"GuardrailArn"\]},":",{.*"Version"\]}/);
  });
});

describe('the host', () => {
  const synthesized = (host: (stack: Stack) => AgentHost) => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'Orders', {
      env: { account: ACCOUNT, region: REGION },
    });
    const props = { agentName: 'orders-agent', owner: 'orders@example.com', host: host(stack) };
    return SynthesizedAgent.of(new ScopedAgentRole(stack, 'Agent', props));
  };

  test.each([
    ['of CDK', (stack: Stack) => new logs.LogGroup(stack, 'Log'), { Ref: id('Log') }],
    ['of CloudFormation', (stack: Stack) => new logs.CfnLogGroup(stack, 'Log'), { Ref: 'Log' }],
    [
      'imported by name',
      (stack: Stack) => logs.LogGroup.fromLogGroupName(stack, 'Log', '/aws/lambda/orders'),
      undefined,
    ],
  ])('writes to a log group %s', (_, make, name) => {
    const agent = synthesized((stack) => AgentHost.lambdaFunction({ logGroup: make(stack) }));
    const prefix = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:`;
    expect(agent.rendered[0]?.Resource).toEqual(
      name === undefined
        ? `${prefix}/aws/lambda/orders:log-stream:*`
        : { 'Fn::Join': ['', [prefix, name, ':log-stream:*']] },
    );
  });

  test.each([
    ['of CDK', (stack: Stack) => new ecr.Repository(stack, 'Images'), arnOf(id('Images'))],
    ['of CloudFormation', (stack: Stack) => new ecr.CfnRepository(stack, 'Images'), arnOf('Images')],
    [
      'imported by name',
      (stack: Stack) => ecr.Repository.fromRepositoryName(stack, 'Images', 'orders'),
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:ecr:${REGION}:${ACCOUNT}:repository/orders`]] },
    ],
  ])('pulls from a repository %s', (_, make, arn) => {
    const agent = synthesized((stack) =>
      AgentHost.agentCoreRuntime({ runtimeName: 'orders', repository: make(stack) }),
    );
    const pull = agent.rendered.find(({ Action: actions }) => JSON.stringify(actions).includes('ecr:BatchGetImage'));
    expect(pull?.Resource).toEqual(arn);
  });
});
