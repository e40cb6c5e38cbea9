import type { AppTool } from '../../access/app/app-agent';
import type { AppModel } from '../../access/app/app-model';
import type { AppRole } from '../../access/app/app-role';
import { gatewaysOf } from './gateways-of';

/**
 * The tools that work for a role: of the agents that run with it, and of the gateways that these call. For the role of
 * a tool, the tools of the same agent.
 */
export function toolsOf(app: AppModel, role: AppRole): AppTool[] {
  const agents = app.agents.filter(({ roles }) => roles.includes(role));
  const gateways = agents.flatMap((agent) => gatewaysOf(app, agent, role));
  const others = app.agents.filter(
    ({ resource, tools }) =>
      gateways.includes(resource) || tools.some((tool) => role.uses.some((use) => use.resource === tool.resource)),
  );
  return [...new Set([...agents, ...others])].flatMap(({ tools }) => tools);
}
