import type { AppAgent } from '../../access/app/app-agent';
import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import type { AppRole } from '../../access/app/app-role';
import { ActionSet } from './allowed-actions';
import { coveredResources } from './covered-resources';
import { grantsOf } from './role-grants';

const INVOKE = new ActionSet('bedrock-agentcore:InvokeGateway');

/**
 * The gateways through which an agent calls tools: the gateway it is, those that its role may invoke, and those that
 * its properties name, as an environment variable or as a tool of a harness.
 */
export function gatewaysOf(app: AppModel, agent: AppAgent, role: AppRole): AppResource[] {
  const gateways = new Set(app.ofType('AWS::BedrockAgentCore::Gateway'));
  if (gateways.size === 0) {
    return [];
  }
  const invoked = grantsOf(role, INVOKE)
    .flatMap(({ resources }) => resources)
    .flatMap((pattern) => coveredResources(app, pattern, gateways));
  const named = namedIn(agent.resource);
  const found = new Set([
    ...(gateways.has(agent.resource) ? [agent.resource] : []),
    ...invoked,
    ...(named.size === 0 ? [] : [...gateways].filter(({ key }) => named.has(key))),
  ]);
  return [...found];
}

/** The keys of the resources whose values stand in the properties of a resource. */
function namedIn(resource: AppResource): ReadonlySet<string> {
  const keys = [...resource.properties.everyText()].flatMap(({ text }) =>
    text.flatMap((part) => (typeof part === 'object' ? (/^(\{.+\})\./.exec(part.atom)?.[1] ?? []) : [])),
  );
  return new Set(keys);
}
