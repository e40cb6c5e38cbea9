import { isDeepStrictEqual } from 'node:util';
import { Stack } from 'aws-cdk-lib/core';
import { finding } from '../../synth/agent-error';
import type { IndexedResource, StageIndex } from '../../synth/stage-index';
import type { SealedAgent } from '../sealed-agent';

/** Whether the role and its own policies stand in the template as they were made, property overrides included. */
export function roleResource(agent: SealedAgent, index: StageIndex): string[] {
  const role = index.at(agent._role.node.path);
  if (!role) {
    return [finding('AgentRoleChanged', `the role of agent '${agent.agentName}' is not in the template`)];
  }
  return [...identity(agent, role), ...trust(agent, role), ...tags(agent, role), ...ownPolicies(agent, index)];
}

/** The properties that a role may have; those that others may change are judged for themselves, or give nothing. */
const PROPERTIES = [
  'AssumeRolePolicyDocument',
  'Description',
  'MaxSessionDuration',
  'Path',
  'PermissionsBoundary',
  'RoleName',
  'Tags',
];

function identity(agent: SealedAgent, role: IndexedResource): string[] {
  const changed: string[] = [];
  const { MaxSessionDuration: session } = role.properties;
  if (role.type !== 'AWS::IAM::Role') {
    changed.push(`its type is ${role.type}`);
  }
  if (role.properties.Policies !== undefined) {
    changed.push('inline policies were put on it (Policies)');
  }
  if (role.properties.ManagedPolicyArns !== undefined) {
    changed.push('managed policies were put on it (ManagedPolicyArns)');
  }
  const others = Object.keys(role.properties).filter((name) => !PROPERTIES.includes(name) && !/Polic/.test(name));
  if (others.length > 0) {
    changed.push(`properties were put on it (${others.join(', ')})`);
  }
  if (session !== sessionOf(agent)) {
    changed.push(`its sessions may last ${String(session)} seconds, declared ${sessionOf(agent)}`);
  }
  return changed.map((what) =>
    finding(
      'AgentRoleChanged',
      `the role of agent '${agent.agentName}' was changed from outside: ${what}; take the change back, and declare the ` +
        'need with a grant or a property of ScopedAgentRole',
    ),
  );
}

function sessionOf(agent: SealedAgent): number {
  return agent._props.maxSessionDuration?.toSeconds() ?? 3_600;
}

function trust(agent: SealedAgent, role: IndexedResource): string[] {
  const expected = Stack.of(agent).resolve(agent._trustDocument());
  return isDeepStrictEqual(role.properties.AssumeRolePolicyDocument, expected)
    ? []
    : [
        finding(
          'AgentTrustChanged',
          `the trust policy of agent '${agent.agentName}' was changed from outside; only its host, declared as ` +
            `${agent._definition.label}, may assume the role; take the change back, or declare another host`,
        ),
      ];
}

function tags(agent: SealedAgent, role: IndexedResource): string[] {
  const rendered = new Map(
    (Array.isArray(role.properties.Tags) ? role.properties.Tags : []).map((tag) => [String(tag.Key), tag.Value]),
  );
  const expected = Stack.of(agent).resolve(agent._tags) as Record<string, unknown>;
  return Object.keys(expected).flatMap((key) => {
    // IAM takes keys that differ in letter case for one.
    const others = [...rendered.keys()].filter((other) => other !== key && other.toLowerCase() === key.toLowerCase());
    const got = others.length > 0 ? rendered.get(others[0] ?? '') : rendered.get(key);
    if (others.length === 0 && isDeepStrictEqual(got, expected[key])) {
      return [];
    }
    return [
      finding(
        'AgentTagChanged',
        `the tag ${key} of agent '${agent.agentName}' was changed from outside: ${JSON.stringify(got) ?? 'removed'} ` +
          `instead of ${JSON.stringify(expected[key])}; the tag says who the agent is, so leave the role out of that tag ` +
          '(excludeResourceTypes: ["AWS::IAM::Role"])',
      ),
    ];
  });
}

/** Whether the policies that the grants stand in are as they were made: content, attachment, and gone when removed. */
function ownPolicies(agent: SealedAgent, index: StageIndex): string[] {
  const stack = Stack.of(agent);
  return agent._attachments.filled.flatMap((policy) => {
    const rendered = index.at(policy.resource.node.path);
    const { PolicyDocument: document, Roles: roles, Users: users, Groups: groups } = rendered?.properties ?? {};
    const changed =
      rendered?.type !== policy.resource.cfnResourceType
        ? ['it is not what it was made as']
        : [
            ...(isDeepStrictEqual(document, stack.resolve({ Version: '2012-10-17', Statement: policy.statements }))
              ? []
              : ['it is not what the grants declare']),
            ...(isDeepStrictEqual(roles, stack.resolve([agent._role.ref]))
              ? []
              : ['its Roles are not the agent alone']),
            ...(users === undefined && groups === undefined ? [] : ['it is shared with users or groups']),
            ...(rendered.retained ? ['it stays attached when it is taken out of the template (removal policy)'] : []),
          ];
    return changed.map((what) =>
      finding(
        'AgentPolicyChanged',
        `${policy.resource.node.path}, a policy of agent '${agent.agentName}', was changed from outside: ${what}; take the ` +
          'change back, and declare the need with a grant',
      ),
    );
  });
}
