import type { ServiceAction } from '../service-action';
import { MUST_BE_SCOPED } from './must-be-scoped';
import { unscopedReason } from './unscoped-by-practice';

/** Whether an action must be given on named resources, and why. */
export interface Scoping {
  /**
   * `unscopable` takes no resource; `unscoped by practice` could name one, and `*` is right all the same; `scoped` must
   * name its resources.
   */
  readonly kind: 'unscopable' | 'unscoped by practice' | 'scoped';
  readonly reason: string;
}

const MUST: ReadonlyMap<string, string> = new Map(
  MUST_BE_SCOPED.flatMap(({ reason, actions }) => actions.map((action) => [action, reason] as const)),
);

/**
 * How an action is to be scoped. The reference alone does not tell: `s3:GetObject` and `cloudwatch:PutMetricData` both
 * have optional resource types only. What no reviewer has looked at counts as `scoped`.
 */
export function scopingOf(action: ServiceAction): Scoping {
  if (action.resourceTypes.length === 0) {
    return { kind: 'unscopable', reason: 'takes no resource' };
  }
  const unscoped = unscopedReason(action.name);
  if (unscoped !== undefined) {
    return { kind: 'unscoped by practice', reason: unscoped };
  }
  const required = action.resourceTypes.some((type) => type.required);
  return {
    kind: 'scoped',
    reason: MUST.get(action.name) ?? (required ? 'needs a resource' : 'can name a resource; nobody reviewed it on *'),
  };
}
