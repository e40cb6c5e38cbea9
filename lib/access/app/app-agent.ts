import type { PolicyText } from '../../policy/document/text';
import type { AppResource } from './app-resource';
import type { AppRole } from './app-role';
import type { WorkloadType } from './workload';

/** A resource that is, or runs, an agent: a Bedrock agent, a runtime, a gateway, a function tagged as one ... */
export interface AppAgent {
  readonly resource: AppResource;
  readonly type: WorkloadType;
  /** Its roles that are part of the app; several where branches differ. */
  readonly roles: readonly AppRole[];
  /** What names its role where that is not part of the app. */
  readonly outsideRoles: readonly PolicyText[];
  readonly tools: readonly AppTool[];
}

/** Something that an agent lets do its work: mostly a function. */
export interface AppTool {
  /** How the agent comes to it. */
  readonly via: 'action group' | 'prompt override' | 'orchestration' | 'flow node' | 'gateway target' | 'interceptor';
  /** The resource that names it: the agent itself, or the gateway target. */
  readonly holder: AppResource;
  /** The name or ARN as it stands there. */
  readonly named: PolicyText;
  /** The function, where it is part of the app. */
  readonly resource?: AppResource;
}
