import type { PolicyText } from '../../policy/document/text';
import type { AppResource } from './app-resource';
import type { AppStatement } from './app-statement';
import type { WorkloadType } from './workload';

/** What a role is for, as far as the app tells. A role can be several of these. */
export type RoleKind = 'agent' | 'agent-tool' | 'knowledge-base' | 'sandbox' | 'elevated' | 'human';

/** A resource that runs with a role. */
export interface RoleUse {
  readonly resource: AppResource;
  readonly type: WorkloadType;
}

/** A managed policy that reaches a role and is not part of the app. */
export interface OutsidePolicy {
  /** Its ARN; an atom where the template does not tell. */
  readonly arn: PolicyText;
  /** The resource that attaches it. */
  readonly holder: AppResource;
}

/** A policy of the app that reaches a role. */
export interface AttachedPolicy {
  /** The resource that holds the document: the role itself for its inline policies. */
  readonly holder: AppResource;
  readonly statements: readonly AppStatement[];
}

/** The permissions boundary of a role. */
export interface RoleBoundary {
  /** Whether it is there in every branch. */
  readonly presence: 'always' | 'sometimes' | 'never';
  /** Its ARN in every branch. */
  readonly arns: readonly PolicyText[];
  /** The policies of the app among them. */
  readonly policies: readonly AttachedPolicy[];
}

/** A role of the app, with everything that reaches it from either end. */
export interface AppRole {
  readonly resource: AppResource;
  readonly kinds: ReadonlySet<RoleKind>;
  /** Why it counts as an agent's role, for people: `is the role of runtime Claims/Runtime`. Empty when it is none. */
  readonly signals: readonly string[];
  readonly trust: readonly AppStatement[];
  /** The documents that reach it. */
  readonly policies: readonly AttachedPolicy[];
  /** The statements of all of these. */
  readonly statements: readonly AppStatement[];
  /** Managed policies whose documents are elsewhere. */
  readonly outside: readonly OutsidePolicy[];
  readonly boundary: RoleBoundary;
  /** What runs with it. */
  readonly uses: readonly RoleUse[];
  /** In seconds; undefined when the template does not tell. IAM's own default is 3600. */
  readonly sessionSeconds: number | undefined;
}
