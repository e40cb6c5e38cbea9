import { type Duration, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { isDay } from '../../access/day';
import { kindOf } from '../../grants/exact-arn';
import { AgentError } from '../../synth/agent-error';
import { type Attestation, type CheckSettings, checkSettings, type RoleAttestation } from '../check-settings';
import type { AgentRoleChecksProps } from './agent-checks-props';

/** What the rules go by, out of a pack's props. The date is only asked for when the rules run. */
export function packSettings(props: AgentRoleChecksProps, scope: IConstruct): () => CheckSettings {
  if (props.date !== undefined) {
    checkedDay(scope, 'date', props.date);
  }
  const given = {
    ...(props.dataPerimeter === undefined ? {} : { dataPerimeter: props.dataPerimeter }),
    ...(props.longestSession === undefined
      ? {}
      : { longestSession: checkedDuration(scope, 'longestSession', props.longestSession).toSeconds() }),
    ...(props.longestElevation === undefined
      ? {}
      : { longestElevation: checkedDuration(scope, 'longestElevation', props.longestElevation).toDays() }),
    scratch: (props.scratchPrefixes ?? []).map((prefix) => checkedPrefix(scope, prefix)),
    attestedRoles: (props.attestedRoles ?? []).map((attested, position) => checkedRole(scope, attested, position)),
    ...(props.attestedAudit === undefined
      ? {}
      : { attestedAudit: checkedAttestation(scope, 'attestedAudit', props.attestedAudit) }),
  };
  return () => checkSettings({ ...given, date: props.date ?? new Date().toISOString().slice(0, 10) });
}

function checkedDay(scope: IConstruct, property: string, value: unknown): string {
  if (typeof value !== 'string' || !isDay(value)) {
    throw new AgentError(
      'AgentChecksDate',
      `${property} must be a day as YYYY-MM-DD, such as '2027-01-31', got ${kindOf(value)}`,
      scope,
    );
  }
  return value;
}

function checkedDuration(scope: IConstruct, property: string, value: unknown): Duration {
  if (!isDuration(value) || value.isUnresolved()) {
    throw new AgentError(
      'AgentChecksDuration',
      `${property} must be a Duration that is known at synth, such as Duration.hours(1), got ${kindOf(value)}`,
      scope,
    );
  }
  return value;
}

function isDuration(value: unknown): value is Duration {
  return typeof (value as Duration | undefined)?.toSeconds === 'function';
}

function checkedPrefix(scope: IConstruct, value: unknown): string {
  if (typeof value !== 'string' || Token.isUnresolved(value) || !/^arn:[^:]+:s3:::[^*?]+\/\*$/.test(value)) {
    throw new AgentError(
      'AgentChecksScratch',
      "scratchPrefixes must be ARNs of one bucket and prefix each, such as 'arn:aws:s3:::bucket/scratch/*', " +
        `got ${kindOf(value)}`,
      scope,
    );
  }
  return value;
}

function checkedRole(scope: IConstruct, given: unknown, position: number): RoleAttestation {
  const property = `attestedRoles[${position}]`;
  const { roleArn } = (typeof given === 'object' && given !== null ? given : {}) as { roleArn?: unknown };
  const isArn = typeof roleArn === 'string' && /^arn:[^:*?]+:iam::\d{12}:role\/[^*?]+$/.test(roleArn);
  if (!isArn || Token.isUnresolved(roleArn)) {
    throw new AgentError(
      'AgentChecksAttestation',
      `${property}.roleArn must be the ARN of one role, such as 'arn:aws:iam::111122223333:role/claims-agent', ` +
        `got ${kindOf(roleArn)}`,
      scope,
    );
  }
  return { roleArn, ...checkedAttestation(scope, property, given) };
}

function checkedAttestation(scope: IConstruct, property: string, given: unknown): Attestation {
  const { owner, until } = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>;
  if (typeof owner !== 'string' || owner.trim() === '' || Token.isUnresolved(owner)) {
    throw new AgentError(
      'AgentChecksAttestation',
      `${property}.owner must say who vouches for it, such as 'iam-team@example.com', got ${kindOf(owner)}`,
      scope,
    );
  }
  return { owner, until: checkedDay(scope, `${property}.until`, until) };
}
