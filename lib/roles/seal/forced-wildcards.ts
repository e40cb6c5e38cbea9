import { Stack, Validations } from 'aws-cdk-lib/core';
import type { FilledPolicy } from '../policy-attachments';
import type { SealedAgent } from '../sealed-agent';

const RULE = 'AwsSolutions::AwsSolutions-IAM5';
const acknowledged = new WeakMap<object, Set<string>>();

/**
 * Acknowledges to cdk-nag the wildcards that the services force on the agent's own policies, each by its exact id.
 *
 * A wildcard that the user wrote (in `AgentAccessGrant`) is left for the user to defend, and so is a forced one that
 * stands in the same policy as the user's own in the same words: cdk-nag can't tell them apart.
 */
export function acknowledgeForcedWildcards(agent: SealedAgent): void {
  const stack = Stack.of(agent);
  const reasons = new Map(
    agent._workingSet.statements.map((statement) => [statement.json.Sid, statement.forcedWildcard] as const),
  );
  for (const policy of agent._attachments.filled) {
    for (const [resource, reason] of forcedIn(policy, stack, reasons)) {
      acknowledge(policy, resource, `${reason} (cdk-least-agency, agent ${agent.agentName})`);
    }
  }
}

function forcedIn(
  policy: FilledPolicy,
  stack: Stack,
  reasons: ReadonlyMap<string, string | undefined>,
): Map<string, string> {
  const forced = new Map<string, string>();
  const own = new Set<string>();
  for (const statement of policy.statements) {
    const reason = reasons.get(statement.Sid);
    const resources: unknown = stack.resolve(statement.Resource);
    for (const resource of (Array.isArray(resources) ? resources : [resources]).map(asCdkNagShows)) {
      if (!resource.includes('*')) {
        continue;
      }
      if (reason === undefined) {
        own.add(resource);
      } else {
        forced.set(resource, reason);
      }
    }
  }
  for (const resource of own) {
    forced.delete(resource);
  }
  return forced;
}

function acknowledge(policy: FilledPolicy, resource: string, reason: string): void {
  const ids = acknowledged.get(policy.resource) ?? new Set<string>();
  acknowledged.set(policy.resource, ids);
  const id = `${RULE}[Resource::${resource}]`;
  if (!ids.has(id) && hasBalancedBrackets(resource)) {
    ids.add(id);
    Validations.of(policy.resource).acknowledge({ id, reason });
  }
}

/** CDK takes no id with a bracket that is not closed. Such a prefix is left for the user to rename. */
function hasBalancedBrackets(value: string): boolean {
  const open: string[] = [];
  const closing: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
  for (const letter of value) {
    if ('([{'.includes(letter)) {
      open.push(letter);
    } else if (Object.hasOwn(closing, letter) && open.pop() !== closing[letter]) {
      return false;
    }
  }
  return open.length === 0;
}

/** A resource as cdk-nag writes it into the id of a finding: references in angle brackets. */
function asCdkNagShows(value: unknown): string {
  if (typeof value === 'string') {
    return value.replace(/\$\{/g, '<').replace(/\}/g, '>');
  }
  if (typeof value !== 'object' || value === null) {
    return '';
  }
  const {
    Ref: ref,
    'Fn::Join': join,
    'Fn::Sub': sub,
    'Fn::GetAtt': attribute,
    'Fn::ImportValue': imported,
  } = value as Record<string, unknown>;
  if (Array.isArray(join)) {
    return (join[1] as unknown[]).map(asCdkNagShows).join(String(join[0]));
  }
  if (sub !== undefined) {
    return asCdkNagShows(sub);
  }
  if (Array.isArray(attribute)) {
    return `<${asCdkNagShows(attribute[0])}.${asCdkNagShows(attribute[1])}>`;
  }
  if (imported !== undefined) {
    return asCdkNagShows(imported);
  }
  return ref === undefined ? JSON.stringify(value) : `<${asCdkNagShows(ref)}>`;
}
