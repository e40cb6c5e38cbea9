import type { PolicyText } from '../../policy/document/text';
import { finding } from '../../synth/agent-error';
import { knownAtoms } from '../../synth/known-atoms';
import { shownText } from '../../synth/shown-text';
import type { IndexedResource, StageIndex } from '../../synth/stage-index';
import { type ReadStatement, readDocument } from '../../synth/statement-text';
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

/** A statement that reaches the role from outside, and the resource it stands in. */
export interface ReachingStatement {
  readonly resource: IndexedResource;
  readonly entry: ReadStatement;
}

/** The statements of policies that are attached to the role from outside. */
export function attachedStatements(index: StageIndex, spelling: RoleSpelling): ReachingStatement[] {
  return [...spelling.candidates()].flatMap((resource) => {
    const property = ATTACHING[resource.type];
    const named = property === undefined ? [] : resource.properties[property];
    const roles = Array.isArray(named) ? named : [named];
    if (!roles.some((role) => role !== undefined && spelling.names(index.text(role, resource.stack)))) {
      return [];
    }
    const read = (value: unknown): PolicyText => index.text(value, resource.stack);
    const entries = readDocument(unfolded(resource.properties.PolicyDocument, read), read);
    return entries.map((entry) => ({ resource, entry }));
  });
}

/** What policies attached from outside the role give beyond the working set. */
export function attachedPolicies(
  agent: SealedAgent,
  index: StageIndex,
  attached: readonly ReachingStatement[],
): string[] {
  return attached.flatMap(({ resource, entry }) =>
    excess(agent, index, entry).map((what) =>
      finding(
        'AgentPolicyAttached',
        `${resource.path} attaches to agent '${agent.agentName}' what none of its grants declares: ${what}; take the ` +
          'role off the policy, and declare the need with a grant',
      ),
    ),
  );
}

function excess(agent: SealedAgent, index: StageIndex, entry: ReadStatement): string[] {
  if ('unreadable' in entry) {
    return [entry.unreadable];
  }
  if (entry.statement.effect === 'Deny') {
    return [];
  }
  const coverage = agent._workingSet.covering.coverage(entry.statement, knownAtoms(index));
  if (coverage.undecided !== undefined) {
    return [coverage.undecided];
  }
  return coverage.uncovered.map(({ action, resource }) => {
    const shown = shownText(resource);
    return `${shownText(action)} on ${shown} (${suggestedGrant([shownText(action)], [shown])})`;
  });
}
