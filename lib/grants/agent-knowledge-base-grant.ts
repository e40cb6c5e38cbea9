import type { IKnowledgeBaseRef } from 'aws-cdk-lib/aws-bedrock';
import type { DeclaredStatement } from '../roles/declared-statement';
import type { ScopedAgentRole } from '../roles/scoped-agent-role';
import { AgentGrant, type AgentGrantProps, levelsOf } from './agent-grant';
import { checkReference, checkSwitches } from './checked-reference';
import { exactArn } from './exact-arn';
import { refuseUnguardedCalls } from './guardrail-conflict';
import { missingOnOtherSide, otherAccount } from './other-account';

/** Which knowledge base an agent reads, and how. */
export interface AgentKnowledgeBaseGrantProps extends AgentGrantProps {
  /**
   * The knowledge base: of this app, or `CfnKnowledgeBase.fromKnowledgeBaseArn(...)`.
   */
  readonly knowledgeBase: IKnowledgeBaseRef;

  /**
   * Whether the agent may ask for retrieval and an answer in one call (`bedrock:RetrieveAndGenerate`).
   *
   * The action takes no resource: it is given for every knowledge base that the agent may retrieve from, and stands in
   * the contract as unscopable. It is Write access and needs a `purpose`.
   *
   * @default false
   */
  readonly retrieveAndGenerate?: boolean;

  /**
   * Whether the agent may have passages reordered (`bedrock:Rerank`).
   *
   * The action takes no resource, and stands in the contract as unscopable; the reranker model needs an
   * `AgentModelGrant` of its own. It is Write access and needs a `purpose`.
   *
   * @default false
   */
  readonly rerank?: boolean;
}

/** Lets an agent retrieve from one knowledge base. */
export class AgentKnowledgeBaseGrant extends AgentGrant {
  public constructor(agent: ScopedAgentRole, id: string, props: AgentKnowledgeBaseGrantProps) {
    super(agent, id, props);
    checkReference(this, 'knowledgeBase', props.knowledgeBase, 'knowledgeBaseRef');
    checkSwitches(this, props, 'retrieveAndGenerate', 'rerank');
    const { knowledgeBaseArn } = props.knowledgeBase.knowledgeBaseRef;
    const statements: DeclaredStatement[] = [
      {
        name: 'Retrieve',
        needs: ['knowledge-base.retrieve'],
        resources: [exactArn(this, 'knowledgeBase', knowledgeBaseArn, 'knowledge-base.retrieve')],
      },
    ];
    if (props.retrieveAndGenerate) {
      this._needPurpose(levelsOf('knowledge-base.retrieve-and-generate'), 'bedrock:RetrieveAndGenerate');
      statements.push({ name: 'Generate', needs: ['knowledge-base.retrieve-and-generate'], resources: ['*'] });
    }
    if (props.rerank) {
      this._needPurpose(levelsOf('knowledge-base.rerank'), 'bedrock:Rerank');
      statements.push({ name: 'Rerank', needs: ['knowledge-base.rerank'], resources: ['*'] });
    }
    const account = otherAccount(props.knowledgeBase, agent);
    this._declare('AgentKnowledgeBaseGrant', {
      statements,
      notes: this._notes(missingOnOtherSide(account, "the knowledge base's resource policy (bedrock:Retrieve)", agent)),
    });
    refuseUnguardedCalls(agent, this);
  }
}
