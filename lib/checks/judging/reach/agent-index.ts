import type { AppAgent } from '../../../access/app/app-agent';
import type { AppResource } from '../../../access/app/app-resource';
import type { AppRole } from '../../../access/app/app-role';
import { onceForApp } from '../once-for-app';

/** The agents of an app by what they are asked for. */
interface AgentIndex {
  readonly byRole: ReadonlyMap<AppRole, readonly AppAgent[]>;
  readonly byResource: ReadonlyMap<AppResource, readonly AppAgent[]>;
  readonly byTool: ReadonlyMap<AppResource, readonly AppAgent[]>;
}

/** The agents of an app by role, by resource and by the functions that are their tools. */
export const agentIndex = onceForApp(
  ({ agents }): AgentIndex => ({
    byRole: grouped(agents, ({ roles }) => roles),
    byResource: grouped(agents, ({ resource }) => [resource]),
    byTool: grouped(agents, ({ tools }) => tools.flatMap(({ resource }) => resource ?? [])),
  }),
);

function grouped<Key>(agents: readonly AppAgent[], keysOf: (agent: AppAgent) => readonly Key[]): Map<Key, AppAgent[]> {
  const groups = new Map<Key, AppAgent[]>();
  for (const agent of agents) {
    for (const key of new Set(keysOf(agent))) {
      const group = groups.get(key);
      if (group) {
        group.push(agent);
      } else {
        groups.set(key, [agent]);
      }
    }
  }
  return groups;
}
