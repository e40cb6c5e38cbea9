import type { AppAgent } from '../../access/app/app-agent';
import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import type { AppRole } from '../../access/app/app-role';

/** The agents of an app by what they are asked for. */
interface AgentIndex {
  readonly byRole: ReadonlyMap<AppRole, readonly AppAgent[]>;
  readonly byResource: ReadonlyMap<AppResource, readonly AppAgent[]>;
  readonly byTool: ReadonlyMap<AppResource, readonly AppAgent[]>;
}

const indexes = new WeakMap<AppModel, AgentIndex>();

/** The agents of an app by role, by resource and by the functions that are their tools; made once for an app. */
export function agentIndex(app: AppModel): AgentIndex {
  const known = indexes.get(app);
  if (known !== undefined) {
    return known;
  }
  const index = {
    byRole: grouped(app.agents, ({ roles }) => roles),
    byResource: grouped(app.agents, ({ resource }) => [resource]),
    byTool: grouped(app.agents, ({ tools }) => tools.flatMap(({ resource }) => resource ?? [])),
  };
  indexes.set(app, index);
  return index;
}

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
