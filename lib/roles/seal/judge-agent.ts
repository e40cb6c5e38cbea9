import { finding } from '../../synth/agent-error';
import { renderedSize } from '../../synth/rendered-size';
import { StageIndex } from '../../synth/stage-index';
import { sizeInWords } from '../policy-attachments';
import { POLICY_QUOTA } from '../policy-quota';
import type { SealedAgent } from '../sealed-agent';
import { accessProof, broadened } from './access-proof';
import { attachedPolicies, attachedStatements } from './attached-policies';
import { AGENT_METADATA, agentContract } from './contract';
import { effectiveAccess } from './effective-access';
import { finalBoundary } from './final-boundary';
import { acknowledgeForcedWildcards } from './forced-wildcards';
import { foreignStatements } from './foreign-statements';
import { identityCalls } from './identity-calls';
import { outOfSight } from './out-of-sight';
import { resourcePolicies, resourceStatements } from './resource-policies';
import { roleResource } from './role-resource';
import { RoleSpelling } from './role-spelling';
import { roleUsers, roleUses } from './role-users';

/**
 * Judges an agent's role as it will be deployed: everything that reaches it against what its grants declare.
 *
 * Every line returned fails the synth. A judgement that breaks down is a failure too.
 */
export function judgeAgent(agent: SealedAgent): string[] {
  try {
    const index = StageIndex.of(agent);
    const spelling = new RoleSpelling(agent, index);
    const boundary = finalBoundary(agent, index);
    const uses = roleUses(index, spelling);
    const unseen = outOfSight(index, uses);
    const changed = roleResource(agent, index);
    const attached = attachedStatements(index, spelling);
    const resourceSide = resourceStatements(agent, index, spelling);
    const effective = effectiveAccess(agent, index, changed.length === 0, attached, resourceSide);
    const proof = accessProof(agent, index, effective, boundary, unseen);
    acknowledgeForcedWildcards(agent);
    record(agent, agentContract(agent, boundary, unseen, proof));
    unseen.forEach((what, position) => {
      agent._note(`OutOfSight${position + 1}`, `agent '${agent.agentName}': ${what}`);
    });
    if (boundary.source === 'override') {
      agent._note(
        'BoundaryOverridden',
        `the permissions boundary of agent '${agent.agentName}' was replaced from outside: ${boundary.shown}` +
          `${boundary.inSight ? '; the grants were judged under it' : '; it is not part of the app and could not be judged'}`,
      );
    }
    return [
      ...foreignStatements(agent, index),
      ...changed,
      ...attachedPolicies(agent, index, attached),
      ...resourcePolicies(agent, index, resourceSide),
      ...broadened(agent, proof),
      ...identityCalls(agent, index, spelling),
      ...roleUsers(agent, index, uses),
      ...boundary.findings,
      ...expired(agent),
      ...trustSize(agent),
    ];
  } catch (error) {
    return [
      finding(
        'AgentNotJudged',
        `agent '${agent.agentName}' could not be judged, so nothing is said to be safe: ` +
          `${error instanceof Error ? error.message : String(error)}`,
      ),
    ];
  }
}

const recorded = new WeakMap<SealedAgent, unknown>();

/** Writes the contract once, and renews it when the same app is synthesized again. */
function record(agent: SealedAgent, contract: unknown): void {
  const known = recorded.get(agent);
  if (typeof known === 'object' && known !== null) {
    Object.assign(known, contract);
    return;
  }
  recorded.set(agent, contract);
  agent.node.addMetadata(AGENT_METADATA, contract);
}

function expired(agent: SealedAgent): string[] {
  const now = Date.now();
  return agent._workingSet.grants
    .filter((grant) => grant.until !== undefined && Date.parse(grant.until) <= now)
    .map((grant) =>
      finding(
        'AgentAccessExpired',
        `grant '${grant.id}' of agent '${agent.agentName}' ended at ${grant.until}; remove it, or give it a new end`,
      ),
    );
}

function trustSize(agent: SealedAgent): string[] {
  const size = renderedSize(agent._trustDocument(), agent);
  return size.characters <= POLICY_QUOTA.trust
    ? []
    : [
        finding(
          'AgentTrustSize',
          `the trust policy of agent '${agent.agentName}' takes ${sizeInWords(size)} characters, allowed are ` +
            `${POLICY_QUOTA.trust}; give a shorter sourceArn or names`,
        ),
      ];
}
