import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { AgentBoundary } from './agent-boundary';
import type { AgentWorkingSet } from './agent-working-set';
import type { HostDefinition } from './host-definition';
import type { PolicyAttachments } from './policy-attachments';
import type { ScopedAgentRoleProps } from './scoped-agent-role-props';

/** What somebody other than a grant asked the role to allow. */
export interface ForeignRequest {
  readonly statement: iam.PolicyStatement;
  /** The line of the user's program that asked, where there is one. */
  readonly source?: string;
}

/** The tags that make a role known as an agent's. They can't be changed from outside. */
export type AgentTags = Readonly<Record<string, string>>;

/** An agent's role as the seal sees it: what was declared, and what it was made into. */
export interface SealedAgent extends Construct {
  readonly agentName: string;
  readonly owner: string;
  readonly _props: ScopedAgentRoleProps;
  readonly _definition: HostDefinition;
  readonly _role: iam.CfnRole;
  readonly _tags: AgentTags;
  readonly _attachments: PolicyAttachments;
  readonly _workingSet: AgentWorkingSet;
  readonly _foreign: readonly ForeignRequest[];
  readonly _boundaryArn: string;
  readonly _ceiling?: AgentBoundary;
  _trustDocument(): unknown;
  _note(id: string, message: string): void;
}
