import type { AppAgent } from '../../../access/app/app-agent';
import type { AppModel } from '../../../access/app/app-model';
import type { AppResource } from '../../../access/app/app-resource';
import type { AppRole } from '../../../access/app/app-role';
import { resourceKeysIn } from '../../../access/app/resource-keys';
import { ActionSet } from '../grants/allowed-actions';
import { grantsOf } from '../grants/role-grants';
import { onceForApp } from '../once-for-app';
import { coveredResources } from '../reach/covered-resources';

const INVOKE = new ActionSet('bedrock-agentcore:InvokeGateway');

/**
 * The gateways through which an agent calls tools: the gateway it is, those that its role may invoke, and those that
 * its properties name, as an environment variable or as a tool of a harness.
 */
export function gatewaysOf(app: AppModel, agent: AppAgent, role: AppRole): AppResource[] {
  const { all, byKey } = gatewaysIn(app);
  if (all.size === 0) {
    return [];
  }
  const invoked = grantsOf(role, INVOKE)
    .flatMap(({ resources }) => resources)
    .flatMap((pattern) => coveredResources(app, pattern, all, 'bedrock-agentcore'));
  const named = [...namedIn(agent.resource)].flatMap((key) => byKey.get(key) ?? []);
  return [...new Set([...(all.has(agent.resource) ? [agent.resource] : []), ...invoked, ...named])];
}

interface Gateways {
  readonly all: ReadonlySet<AppResource>;
  readonly byKey: ReadonlyMap<string, AppResource>;
}

const gatewaysIn = onceForApp((app): Gateways => {
  const found = app.ofType('AWS::BedrockAgentCore::Gateway');
  return { all: new Set(found), byKey: new Map(found.map((gateway) => [gateway.key, gateway])) };
});

/** The keys of the resources whose values stand in the properties of a resource. */
function namedIn(resource: AppResource): ReadonlySet<string> {
  return resourceKeysIn(resource.properties.everyText().map(({ text }) => text));
}
