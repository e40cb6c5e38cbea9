import { isRecord } from '../access/template';
import { didYouMean } from '../policy/document/closest-name';
import type { AssemblyStack } from './cloud-assembly';
import { InputError } from './input-error';

/** An agent's role in a template. */
export interface FoundAgent {
  readonly name: string;
  readonly stack: AssemblyStack;
  /** Logical id of the role. */
  readonly logicalId: string;
}

/** The agents of a stack, by the tags on their roles. */
export function agentsOf(stack: AssemblyStack): FoundAgent[] {
  return Object.entries(stack.template.Resources ?? {}).flatMap(([logicalId, resource]) => {
    const isAgent = resource.Type === 'AWS::IAM::Role' && tagOf(resource.Properties?.Tags, 'PrincipalType') === 'Agent';
    const name = isAgent ? tagOf(resource.Properties?.Tags, 'AgentName') : undefined;
    return name === undefined ? [] : [{ name, stack, logicalId }];
  });
}

/**
 * The one agent of a name in a stack or the stacks nested in it.
 *
 * @param stackName Name of the stack, its id in the manifest, or the path of its construct.
 */
export function findAgent(stacks: readonly AssemblyStack[], stackName: string, agentName: string): FoundAgent {
  const named = stacks.filter(({ path, name, artifactId }) => [path, name, artifactId].includes(stackName));
  const [first, ...others] = named;
  if (first === undefined) {
    const names = stacks.flatMap(({ path, name }) => (name === undefined ? [path] : [path, name]));
    throw new InputError(
      `no stack ${stackName}, there is ${listed(stacks.map(stackLabel))}${didYouMean(stackName, names)}`,
    );
  }
  if (others.length > 0) {
    const paths = named.map(({ path }) => path);
    throw new InputError(`${named.length} stacks are called ${stackName}; say which by its path: ${listed(paths)}`);
  }

  const within = stacks.filter(({ path }) => path === first.path || path.startsWith(`${first.path}/`));
  const agents = within.filter(({ topPath }) => topPath === first.topPath).flatMap(agentsOf);
  const found = agents.filter(({ name }) => name === agentName);
  const [agent] = found;
  if (agent === undefined) {
    const names = agents.map(({ name }) => name);
    const there = names.length === 0 ? 'no role there is tagged PrincipalType=Agent' : `there is ${listed(names)}`;
    throw new InputError(`no agent ${agentName} in ${stackLabel(first)}, ${there}${didYouMean(agentName, names)}`);
  }
  if (found.length > 1) {
    const places = found.map(({ stack, logicalId }) => `${logicalId} in ${stack.path}`);
    throw new InputError(`${found.length} roles are tagged as the agent ${agentName}: ${listed(places)}`);
  }
  return agent;
}

function stackLabel({ path, name }: AssemblyStack): string {
  return name === undefined || name === path ? path : `${path} (${name})`;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}

function tagOf(tags: unknown, key: string): string | undefined {
  const tag = Array.isArray(tags) ? tags.find((item) => isRecord(item) && item.Key === key) : undefined;
  return isRecord(tag) && typeof tag.Value === 'string' ? tag.Value : undefined;
}
