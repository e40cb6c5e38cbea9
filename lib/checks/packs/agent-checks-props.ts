import type { Duration } from 'aws-cdk-lib/core';
import type { NagPackProps } from 'cdk-nag/lib/nag-pack';
import type { AgentRuleFramework } from './agent-rule-framework';
import type { AgentRuleGroup } from './agent-rule-group';

/** What every pack of checks takes. Rules are named as in `docs/rules`: `trust-public`. */
export interface AgentChecksProps extends NagPackProps {
  /**
   * Only the rules that these frameworks ask for, and the critical ones.
   *
   * @default - all
   */
  readonly frameworks?: AgentRuleFramework[];

  /**
   * Rules that are switched off. A critical rule has to be in `relaxedRules` too.
   *
   * @default - none
   */
  readonly disabledRules?: string[];

  /**
   * Rules whose errors are warnings, which do not fail synth. A critical rule has to be in `relaxedRules` too.
   *
   * @default - none
   */
  readonly warningRules?: string[];

  /**
   * Critical rules that are like any other: their findings can be acknowledged. The reason stands in the record of the run.
   *
   * Critical are `trust-public`, `iam-write`, `passrole-create`, `self-approval`, `audit-tamper` and `own-tool-code-write`.
   *
   * @default - none
   */
  readonly relaxedRules?: RelaxedAgentRule[];

  /**
   * Today, as `YYYY-MM-DD`, for rules with a time in them and for acknowledgements that end.
   *
   * @default - the day of the synthesis, in UTC
   */
  readonly date?: string;

  /**
   * Roles outside the app that somebody vouches for, so that `role-unverifiable` does not report them.
   *
   * @default - none
   */
  readonly attestedRoles?: AgentRoleAttestation[];
}

/** What `AgentRoleChecks` takes. */
export interface AgentRoleChecksProps extends AgentChecksProps {
  /**
   * Only the rules of these groups, and the critical ones.
   *
   * @default - all
   */
  readonly groups?: AgentRuleGroup[];

  /**
   * Rules that run although `groups` or `frameworks` leave them out.
   *
   * @default - none
   */
  readonly enabledRules?: string[];

  /**
   * The longest session of an agent role (rule `session-too-long`).
   *
   * @default Duration.hours(1)
   */
  readonly longestSession?: Duration;

  /**
   * The longest time until an elevation ends (rule `elevation-unbounded`), in whole days.
   *
   * @default Duration.days(7)
   */
  readonly longestElevation?: Duration;

  /**
   * Whether statements on globally named resources need `aws:ResourceAccount` (rule `exfil-primitive`).
   *
   * @default false
   */
  readonly dataPerimeter?: boolean;

  /**
   * Where an agent may delete without a gate (rule `destructive-ungated`), such as `arn:aws:s3:::bucket/scratch/*`.
   *
   * @default - nowhere
   */
  readonly scratchPrefixes?: string[];

  /**
   * That audit logging is there outside the app, such as the model invocation log of the account (rule `audit-absent`).
   *
   * @default - nobody says so
   */
  readonly attestedAudit?: AgentAttestation;
}

/** Who vouches for something that no template shows, and until when. */
export interface AgentAttestation {
  /** Who answers for it: a team or a person, as an address or a name. */
  readonly owner: string;
  /** The last day it holds, as `YYYY-MM-DD`. */
  readonly until: string;
}

/** Who vouches for a role outside the app. */
export interface AgentRoleAttestation extends AgentAttestation {
  /** The ARN of the role, without wildcards. */
  readonly roleArn: string;
}

/** A critical rule that is like any other. */
export interface RelaxedAgentRule {
  /** The name of the rule, such as `iam-write`. */
  readonly rule: string;
  /** Why. It stands in the record of the run. */
  readonly reason: string;
}
