import { Stack } from 'aws-cdk-lib/core';
import { renderedSize } from '../../synth/rendered-size';
import { shownText } from '../../synth/shown-text';
import { tokenText } from '../../synth/token-text';
import { POLICY_QUOTA } from '../policy-quota';
import type { SealedAgent } from '../sealed-agent';
import type { AccessProof } from './access-proof';
import type { FinalBoundary } from './final-boundary';

/** The metadata type under which an agent's contract stands in the cloud assembly. */
export const AGENT_METADATA = 'least-agency:agent';

/** What an agent is and may do, for reports: written into the cloud assembly beside the role. */
export function agentContract(
  agent: SealedAgent,
  boundary: FinalBoundary,
  unseen: readonly string[],
  proof: AccessProof,
): unknown {
  const { kind, label, hostName, notes } = agent._definition;
  const { grants, statements } = agent._workingSet;
  return {
    version: 1,
    agentName: agent.agentName,
    owner: agent.owner,
    ...(agent._props.environment === undefined ? {} : { environment: agent._props.environment }),
    ...(agent._props.reviewBy === undefined ? {} : { reviewBy: agent._props.reviewBy }),
    host: { kind, label, ...(hostName === undefined ? {} : { name: hostName }) },
    session: {
      seconds: agent._role.maxSessionDuration,
      ...(agent._props.maxSessionDurationReason === undefined ? {} : { reason: agent._props.maxSessionDurationReason }),
    },
    grants,
    statements: statements.length,
    size: {
      policies: agent._attachments.filled.map(({ kind: attached, size, limit }) => ({
        kind: attached,
        ...size,
        limit,
      })),
      trust: { ...renderedSize(agent._trustDocument(), agent), limit: POLICY_QUOTA.trust },
    },
    trust: trustLine(agent),
    boundary: { shown: boundary.shown, source: boundary.source, inSight: boundary.inSight },
    proof,
    notes: [
      ...notes,
      ...(boundary.inSight ? [] : [`boundary ${boundary.shown} is not part of the app: not judged`]),
      ...unseen,
    ],
  };
}

/** Who may assume the role, in one line. */
export function trustLine(agent: SealedAgent): string {
  const { service, conditions } = agent._definition.trust(Stack.of(agent));
  const tests = Object.values(conditions ?? {})
    .flatMap((keys) => Object.entries(keys))
    .map(([key, value]) => `${key} = ${shownText(tokenText(value, agent))}`);
  return tests.length === 0 ? service : `${service} where ${tests.join(' and ')}`;
}
