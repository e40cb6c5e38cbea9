import { sameText, displayText } from '../../policy/document/text';
import { finding } from '../../synth/agent-error';
import type { IndexedResource, StageIndex } from '../../synth/stage-index';
import { tokenText } from '../../synth/token-text';
import type { ScopedAgentRole } from '../scoped-agent-role';
import { attachesToRoles } from './attached-policies';
import type { RoleSpelling } from './role-spelling';

/** A property of a resource that hands the resource a role. */
const ROLE_PROPERTY = /role(arn)?s?$/i;

/** The resources that use the role: one host of the declared kind and name, and no other. */
export function roleUsers(agent: ScopedAgentRole, index: StageIndex, spelling: RoleSpelling): string[] {
  const { workload, label } = agent._definition;
  const findings: string[] = [];
  const hosts: IndexedResource[] = [];
  for (const resource of spelling.candidates()) {
    if (!resource.type.startsWith('AWS::') || attachesToRoles(resource) || resource.type === 'AWS::CloudFormation::Stack') {
      continue;
    }
    for (const property of roleProperties(resource, index, spelling, resource.properties, [])) {
      if (resource.type === workload.type && property === workload.roleProperty.join('.')) {
        hosts.push(resource);
        findings.push(...disagreements(agent, index, resource));
      } else {
        findings.push(
          finding(
            'AgentHostForeign',
            `${resource.path} (${resource.type}, ${property}) uses the role of agent '${agent.agentName}', whose host is ` +
              `declared as ${label}: ${
                resource.type === workload.type
                  ? 'that property takes another role'
                  : 'only that service may assume the role'
              }; give ${resource.path} a role of its own, or declare the host that runs the agent`,
          ),
        );
      }
    }
  }
  if (hosts.length > 1) {
    findings.push(
      finding(
        'AgentHostShared',
        `the role of agent '${agent.agentName}' is used by ${hosts.map((host) => host.path).join(' and ')}: every agent ` +
          'needs an identity of its own; declare one ScopedAgentRole for each',
      ),
    );
  }
  return findings;
}

function disagreements(agent: ScopedAgentRole, index: StageIndex, host: IndexedResource): string[] {
  return agent._definition.workload.agreed.flatMap(({ path, value, fix }) => {
    const got = path.reduce<unknown>(
      (properties, key) => (properties as Record<string, unknown> | undefined)?.[key],
      host.properties,
    );
    const expected = tokenText(value, agent);
    const actual = got === undefined ? undefined : index.text(got, host.stack);
    if (actual !== undefined && sameText(actual, expected)) {
      return [];
    }
    return [
      finding(
        'AgentHostMismatch',
        `${host.path} has ${path.join('.')} ${actual === undefined ? 'not set' : `'${displayText(actual)}'`}, but agent ` +
          `'${agent.agentName}' was declared for '${displayText(expected)}': the role would not work for it; set ${fix}`,
      ),
    ];
  });
}

/** The dotted paths of the properties that hand the role to the resource. */
function* roleProperties(
  resource: IndexedResource,
  index: StageIndex,
  spelling: RoleSpelling,
  value: unknown,
  path: readonly string[],
): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) {
      yield* roleProperties(resource, index, spelling, item, path);
    }
    return;
  }
  if (typeof value !== 'object' && typeof value !== 'string') {
    return;
  }
  if (ROLE_PROPERTY.test(path.at(-1) ?? '') && value !== null && isLeaf(value)) {
    if (spelling.names(index.text(value, resource.stack))) {
      yield path.join('.');
    }
    return;
  }
  if (typeof value === 'object' && value !== null && !isLeaf(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (key !== 'Environment' && key !== 'EnvironmentVariables' && key !== 'Tags') {
        yield* roleProperties(resource, index, spelling, item, [...path, key]);
      }
    }
  }
}

/** Whether a value is a string or an intrinsic function call, and not a structure. */
function isLeaf(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return true;
  }
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || (keys[0] ?? '').startsWith('Fn::'));
}
