import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Duration } from 'aws-cdk-lib/core';
import type { AgentHost } from './agent-host';

/** What an agent is, and what runs it. */
export interface ScopedAgentRoleProps {
  /**
   * The name of the agent: 2 to 48 lower-case letters, digits and hyphens, once in a stage and environment.
   *
   * Becomes the tag `AgentName`.
   */
  readonly agentName: string;

  /**
   * Who answers for the agent: a team or a person, as an address or a name. Becomes the tag `Owner`.
   */
  readonly owner: string;

  /** What runs the agent and assumes the role. */
  readonly host: AgentHost;

  /**
   * What the agent is for, in a sentence of up to 1,000 characters.
   *
   * @default - made from the agent's name
   */
  readonly description?: string;

  /**
   * The environment that the agent runs in, such as `prod`. Becomes the tag `Environment`.
   *
   * @default - no tag
   */
  readonly environment?: string;

  /**
   * The day by which somebody has to look at the agent again, as `YYYY-MM-DD`. Becomes the tag `ReviewBy`.
   *
   * @default - no tag
   */
  readonly reviewBy?: string;

  /**
   * The name of the role, up to 64 characters.
   *
   * @default - CloudFormation makes one
   */
  readonly roleName?: string;

  /**
   * The path of the role, such as `/agents/`.
   *
   * @default /
   */
  readonly path?: string;

  /**
   * The permissions boundary of the role: your organization's, by name or ARN
   * (`ManagedPolicy.fromManagedPolicyName`, `ManagedPolicy.fromManagedPolicyArn`).
   *
   * A boundary that a Stage or an Aspect puts on wins over this one, and is reported.
   *
   * @default - the library's own ceiling, one for all agents of the stack
   */
  readonly permissionsBoundary?: iam.IManagedPolicyRef;

  /**
   * How long a session of the role may last: 1 to 12 hours. More than one hour needs `maxSessionDurationReason`.
   *
   * @default Duration.hours(1)
   */
  readonly maxSessionDuration?: Duration;

  /**
   * Why sessions have to last more than one hour.
   *
   * @default - none; sessions last one hour at most
   */
  readonly maxSessionDurationReason?: string;
}
