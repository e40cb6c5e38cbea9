import type { PolicyText } from '../../policy/document/text';
import { finding } from '../../synth/agent-error';
import { shownText } from '../../synth/shown-text';
import type { IndexedResource, StageIndex } from '../../synth/stage-index';
import { readDocument } from '../../synth/statement-text';
import { unfolded } from '../../synth/unfolded';
import type { SealedAgent } from '../sealed-agent';
import type { RoleSpelling } from './role-spelling';
import { suggestedGrant } from './suggested-grant';

const ATTACHING: Readonly<Record<string, string>> = {
  'AWS::IAM::ManagedPolicy': 'Roles',
  'AWS::IAM::Policy': 'Roles',
  'AWS::IAM::RolePolicy': 'RoleName',
};

/** Whether a resource is a policy that the role's identity carries. */
export function attachesToRoles(resource: IndexedResource): boolean {
  return Object.hasOwn(ATTACHING, resource.type);
}

/** What policies attached from outside the role give beyond the working set. */
export function attachedPolicies(agent: SealedAgent, index: StageIndex, spelling: RoleSpelling): string[] {
  const findings: string[] = [];
  for (const resource of spelling.candidates()) {
    const property = ATTACHING[resource.type];
    if (property === undefined) {
      continue;
    }
    const named = resource.properties[property];
    const roles = Array.isArray(named) ? named : [named];
    if (!roles.some((role) => role !== undefined && spelling.names(index.text(role, resource.stack)))) {
      continue;
    }
    for (const what of excess(agent, index, resource)) {
      findings.push(
        finding(
          'AgentPolicyAttached',
          `${resource.path} attaches to agent '${agent.agentName}' what none of its grants declares: ${what}; take the ` +
            'role off the policy, and declare the need with a grant',
        ),
      );
    }
  }
  return findings;
}

function excess(agent: SealedAgent, index: StageIndex, resource: IndexedResource): string[] {
  const read = (value: unknown): PolicyText => index.text(value, resource.stack);
  return readDocument(unfolded(resource.properties.PolicyDocument, read), read).flatMap((entry) => {
    if ('unreadable' in entry) {
      return [entry.unreadable];
    }
    if (entry.statement.effect === 'Deny') {
      return [];
    }
    const coverage = agent._workingSet.covering.coverage(entry.statement);
    if (coverage.undecided !== undefined) {
      return [coverage.undecided];
    }
    return coverage.uncovered.map(({ action, resource: asked }) => {
      const shown = shownText(asked);
      return `${shownText(action)} on ${shown} (${suggestedGrant([shownText(action)], [shown])})`;
    });
  });
}
