import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import type { Stack } from 'aws-cdk-lib/core';
import {
  AgentKnowledgeBaseGrant,
  type AgentKnowledgeBaseGrantProps,
} from '../../lib/grants/agent-knowledge-base-grant';
import type { ScopedAgentRole } from '../../lib/roles/scoped-agent-role';
import { ACCOUNT, OTHER_ACCOUNT, SynthesizedAgent } from './agent-fixture';
import { KNOWLEDGE_BASE_ARN } from './declared-grants';
import { refused, refuses } from './refusals';

const handbook = (more: Record<string, unknown> = {}, arn = KNOWLEDGE_BASE_ARN, id = 'Handbook') =>
  function declare(agent: ScopedAgentRole, stack: Stack): void {
    const knowledgeBase = bedrock.CfnKnowledgeBase.fromKnowledgeBaseArn(stack, `Imported${id}`, arn);
    new AgentKnowledgeBaseGrant(agent, id, { knowledgeBase, ...more } as AgentKnowledgeBaseGrantProps);
  };

describe('a knowledge base grant', () => {
  refuses([
    [
      'answers without saying why',
      handbook({ retrieveAndGenerate: true }),
      'AgentGrantPurpose',
      ['bedrock:RetrieveAndGenerate is Write access: say in purpose'],
    ],
    [
      'reordering without saying why',
      handbook({ rerank: true }),
      'AgentGrantPurpose',
      ['bedrock:Rerank is Write access: say in purpose'],
    ],
    [
      'no knowledge base',
      handbook({ knowledgeBase: undefined }),
      'AgentGrantReference',
      ['knowledgeBase must be a resource (a construct or an import that is an IKnowledgeBaseRef), got nothing'],
    ],
    [
      'an ARN as the knowledge base',
      handbook({ knowledgeBase: KNOWLEDGE_BASE_ARN }),
      'AgentGrantReference',
      [KNOWLEDGE_BASE_ARN],
    ],
    [
      'every knowledge base',
      handbook({}, `arn:aws:bedrock:us-east-1:${ACCOUNT}:knowledge-base/*`),
      'AgentGrantArn',
      [
        'knowledgeBase must be one resource with an ARN such as arn:${Partition}:bedrock:${Region}:${Account}:knowledge-base/${KnowledgeBaseId}',
        'with a wildcard',
      ],
    ],
    [
      'a switch that is a text',
      handbook({ retrieveAndGenerate: 'no' }),
      'AgentGrantSwitch',
      ["retrieveAndGenerate must be true or false, got 'no'"],
    ],
    [
      'a switch that is a number',
      handbook({ rerank: 0 }),
      'AgentGrantSwitch',
      ['rerank must be true or false, got number 0'],
    ],
  ]);

  test('refuses the same knowledge base twice under another id', () => {
    const message = refused(
      (agent, stack) => {
        handbook({}, KNOWLEDGE_BASE_ARN, 'First')(agent, stack);
        handbook({}, KNOWLEDGE_BASE_ARN, 'Second')(agent, stack);
      },
      'AgentGrantDuplicate',
      {},
      /Orders\/Agent/,
    );
    expect(message).toContain("gives nothing that grant 'First' does not give already; remove one");
  });

  test('refuses a gateway as the host', () => {
    const message = refused(handbook(), 'AgentGrantHost', { host: 'agentCoreGateway' });
    expect(message).toContain("AgentKnowledgeBaseGrant can't be used on AgentCore Gateway");
  });

  test('gives what takes no resource as unscopable, in statements of their own', () => {
    const agent = SynthesizedAgent.with(handbook({ retrieveAndGenerate: true, rerank: true, purpose: 'answers' }));
    expect(agent.contractOf('Handbook')).toMatchObject({
      accessLevels: ['Read', 'Write'],
      unscopable: ['bedrock:RetrieveAndGenerate', 'bedrock:Rerank'],
      purpose: 'answers',
    });
    expect(agent.statements.map(({ Action: action, Resource: resource }) => [action, resource])).toEqual([
      ['bedrock:Retrieve', KNOWLEDGE_BASE_ARN],
      ['bedrock:RetrieveAndGenerate', '*'],
      ['bedrock:Rerank', '*'],
    ]);
  });

  test('of another account says that its resource policy is missing', () => {
    const agent = SynthesizedAgent.with(handbook({}, KNOWLEDGE_BASE_ARN.replace(ACCOUNT, OTHER_ACCOUNT)));
    expect(agent.contractOf('Handbook').notes).toEqual([
      expect.stringMatching(
        /^the resource is in account 444455556666: the knowledge base's resource policy \(bedrock:Retrieve\)/,
      ),
    ]);
  });
});
