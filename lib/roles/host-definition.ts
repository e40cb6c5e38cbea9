import type { Stack } from 'aws-cdk-lib/core';
import type { WorkingSet } from '../policy/compare/covered';
import type { PolicyText } from '../policy/document/text';
import type { DeclaredStatement } from './declared-statement';

/** The kinds of host that can run an agent. */
export type HostKind =
  | 'agentCoreGateway'
  | 'agentCoreRuntime'
  | 'bedrockAgent'
  | 'ecsTask'
  | 'eksPodIdentity'
  | 'lambdaFunction';

/** Who may assume an agent's role. */
export interface HostTrust {
  readonly service: string;
  readonly actions: readonly string[];
  readonly conditions?: Record<string, Record<string, unknown>>;
}

/** A property of the host's own resource that has to agree with what was declared. */
export interface AgreedProperty {
  /** Path of the property in the resource, such as `['AgentRuntimeName']`. */
  readonly path: readonly string[];
  /** What the property has to be, as the user writes it. */
  readonly value: string;
  /** The property of the construct to set, for the error's fix. */
  readonly fix: string;
  /** Whether the property may be left out. */
  readonly optional?: boolean;
}

/** The CloudFormation resource that runs an agent on this kind of host. */
export interface HostWorkload {
  readonly type: string;
  readonly roleProperty: readonly string[];
  readonly agreed: readonly AgreedProperty[];
}

/**
 * A statement that CDK's own constructs add to the role of such a host.
 *
 * It is recognised by its actions and the shape of its resource, never by its Sid. It is not attached: the baseline
 * gives what the host needs, exactly.
 */
export interface PlatformStatement {
  readonly actions: readonly string[];
  /** Whether the statement's resource is of the platform's shape. A pattern sees each atom as one `\u0000`. */
  readonly resource: RegExp | ((resource: PolicyText, declared: WorkingSet) => boolean);
  /** The baseline's need that gives the exact form, or why the host works without it. */
  readonly instead: string;
}

/** Everything the library knows about one host of one agent. */
export interface HostDefinition {
  readonly kind: HostKind;
  /** What people call it, in errors and reports. */
  readonly label: string;
  /** The name that the host's resource has to carry, where its trust or its logs depend on it. */
  readonly hostName?: string;
  readonly trust: (stack: Stack) => HostTrust;
  readonly baseline: (stack: Stack) => readonly DeclaredStatement[];
  readonly platform: (stack: Stack) => readonly PlatformStatement[];
  readonly workload: HostWorkload;
  /** Why the guardrail can't be enforced on model calls, where it can't. */
  readonly guardrailNotEnforced?: string;
  /** The service calls the agent's functions under its own name: their resource policy grants it, not the role. */
  readonly functionsByResourcePolicy?: boolean;
  /** The grant classes that this host can't use, with the reason. */
  readonly refusedGrants: Readonly<Record<string, string>>;
  /** What a reader of the contract should know about this host. */
  readonly notes: readonly string[];
}
