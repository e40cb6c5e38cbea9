import type { AppAgent } from '../../access/app/app-agent';
import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import type { AppRole } from '../../access/app/app-role';
import { ActionSet } from './allowed-actions';
import { grantsOf } from './role-grants';

const INVOKE = new ActionSet('bedrock-agentcore:InvokeGateway');

/**
 * The gateways through which an agent calls tools: the gateway it is, those that its role may invoke, and those that
 * its properties name, as an environment variable or as a tool of a harness.
 */
export function gatewaysOf(app: AppModel, agent: AppAgent, role: AppRole): AppResource[] {
  const grants = grantsOf(role, INVOKE);
  return app.ofType('AWS::BedrockAgentCore::Gateway').filter((gateway) => {
    const isInvoked = grants.some(({ resources }) => resources.some((pattern) => app.covers(pattern, gateway)));
    return gateway === agent.resource || isInvoked || names(agent.resource, gateway);
  });
}

/** Whether a property of a resource has a value of another in it. */
function names(resource: AppResource, other: AppResource): boolean {
  return [...resource.properties.everyText()].some(({ text }) =>
    text.some((part) => typeof part === 'object' && part.atom.startsWith(`${other.key}.`)),
  );
}
