import type { AppTool } from '../../../access/app/app-agent';
import type { AppModel } from '../../../access/app/app-model';
import type { AppRole } from '../../../access/app/app-role';
import { agentIndex } from '../reach/agent-index';
import { gatewaysOf } from './gateways-of';

/**
 * The tools that work for a role: of the agents that run with it, and of the gateways that these call. For the role of
 * a tool, the tools of the same agent.
 */
export function toolsOf(app: AppModel, role: AppRole): AppTool[] {
  const { byRole, byResource, byTool } = agentIndex(app);
  const agents = byRole.get(role) ?? [];
  const gateways = agents.flatMap((agent) => gatewaysOf(app, agent, role));
  const others = [
    ...gateways.flatMap((gateway) => byResource.get(gateway) ?? []),
    ...role.uses.flatMap(({ resource }) => byTool.get(resource) ?? []),
  ];
  return [...new Set([...agents, ...others])].flatMap(({ tools }) => tools);
}
