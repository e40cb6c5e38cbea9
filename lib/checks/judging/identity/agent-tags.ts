import type { AppResource } from '../../../access/app/app-resource';
import type { AppRole } from '../../../access/app/app-role';

/**
 * The resources whose tags speak for an agent's role: the role, and what runs with it. Who answers for an agent and
 * when it is looked at again may stand on either.
 */
export function taggedAs({ resource, uses }: AppRole): AppResource[] {
  return [resource, ...uses.map(({ resource: workload }) => workload)];
}

/** Whether one of the resources carries a tag. */
export function tagPresence(resources: readonly AppResource[], name: string): 'always' | 'sometimes' | 'never' {
  const found = resources.map((resource) => resource.tagPresence(name));
  return found.includes('always') ? 'always' : found.includes('sometimes') ? 'sometimes' : 'never';
}
