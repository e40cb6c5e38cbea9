import type { AppResource } from '../../../access/app/app-resource';
import type { Value } from '../../../access/app/value';
import { literalOf } from '../../../policy/document/text';

/** The types of resources that have a network of their own, and are in the public one unless they say otherwise. */
export const NETWORKED: readonly string[] = [
  'AWS::BedrockAgentCore::Runtime',
  'AWS::BedrockAgentCore::CodeInterpreterCustom',
  'AWS::BedrockAgentCore::BrowserCustom',
  'AWS::BedrockAgentCore::Harness',
];

/** Where a resource has its network; where it does not say so, or not in every branch, in the public one as well. */
export type Network = 'public' | 'unsaid' | 'unsaid in one branch' | 'unknown' | 'closed';

/** The network of a resource; undefined for one that has none of its own. */
export function networkOf(resource: AppResource): Network | undefined {
  if (!NETWORKED.includes(resource.type)) {
    return undefined;
  }
  const mode = networkMode(resource);
  const modes = mode.texts().map((text) => literalOf(text)?.toUpperCase());
  if (modes.includes('PUBLIC')) {
    return 'public';
  }
  if (mode.presence !== 'always') {
    return mode.presence === 'never' ? 'unsaid' : 'unsaid in one branch';
  }
  return modes.includes(undefined) ? 'unknown' : 'closed';
}

/** A harness has its network inside the environment that it runs in. */
function networkMode(resource: AppResource): Value {
  const own = resource.get('NetworkConfiguration', 'NetworkMode');
  const inside = resource.get('Environment', 'AgentCoreRuntimeEnvironment', 'NetworkConfiguration', 'NetworkMode');
  return inside.presence === 'never' ? own : inside;
}

/** Whether a network is, or may be by default, the public one. */
export function isPublicNetwork(network: Network | undefined): boolean {
  return network === 'public' || network === 'unsaid' || network === 'unsaid in one branch';
}
