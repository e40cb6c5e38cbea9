import { Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { isDay } from '../access/day';
import { AgentError } from '../synth/agent-error';
import type { ScopedAgentRoleProps } from './scoped-agent-role-props';
import type { AgentTags } from './sealed-agent';

const HOUR = 3_600;

/** Checks what the user gave and returns the session length in seconds. */
export function checkedProps(scope: Construct, props: ScopedAgentRoleProps): number {
  if (typeof props.agentName !== 'string' || !/^[a-z0-9-]{2,48}$/.test(props.agentName)) {
    throw new AgentError(
      'AgentName',
      `agentName must be 2 to 48 lower-case letters, digits and hyphens, got '${props.agentName}'`,
      scope,
    );
  }
  tagValue(scope, 'owner', props.owner, 'name the team or person who answers for the agent');
  if (props.environment !== undefined) {
    tagValue(scope, 'environment', props.environment, 'name the environment, such as prod');
  }
  if (props.reviewBy !== undefined && !isDay(props.reviewBy)) {
    throw new AgentError('AgentReviewBy', `reviewBy must be a day as YYYY-MM-DD, got '${props.reviewBy}'`, scope);
  }
  if (props.path !== undefined && !/^\/([!-~]{1,510}\/)?$/.test(props.path)) {
    throw new AgentError(
      'AgentRolePath',
      `path must begin and end with /, such as /agents/, got '${props.path}'`,
      scope,
    );
  }
  if (
    props.roleName !== undefined &&
    !Token.isUnresolved(props.roleName) &&
    !/^[\w+=,.@-]{1,64}$/.test(props.roleName)
  ) {
    throw new AgentError(
      'AgentRoleName',
      `roleName must be 1 to 64 letters, digits and +=,.@_-, got '${props.roleName}'`,
      scope,
    );
  }
  if (props.description !== undefined && props.description.length > 1_000) {
    throw new AgentError(
      'AgentDescription',
      `description must have up to 1,000 characters, got ${props.description.length}`,
      scope,
    );
  }
  return sessionSeconds(scope, props);
}

/** The tags of an agent's role. */
export function agentTags(props: ScopedAgentRoleProps): AgentTags {
  return {
    PrincipalType: 'Agent',
    AgentName: props.agentName,
    Owner: props.owner,
    ...(props.environment === undefined ? {} : { Environment: props.environment }),
    ...(props.reviewBy === undefined ? {} : { ReviewBy: props.reviewBy }),
  };
}

function sessionSeconds(scope: Construct, props: ScopedAgentRoleProps): number {
  const seconds = props.maxSessionDuration?.toSeconds() ?? HOUR;
  if (seconds < HOUR || seconds > 12 * HOUR) {
    throw new AgentError(
      'AgentSessionDuration',
      `maxSessionDuration must be 1 to 12 hours, got ${seconds / HOUR} hours`,
      scope,
    );
  }
  if (seconds > HOUR && !props.maxSessionDurationReason?.trim()) {
    throw new AgentError(
      'AgentSessionDuration',
      `maxSessionDuration of ${seconds / HOUR} hours is more than the 1 hour every agent gets; say why in ` +
        'maxSessionDurationReason, or leave it out',
      scope,
    );
  }
  return seconds;
}

function tagValue(scope: Construct, property: string, value: string | undefined, fix: string): void {
  if (
    typeof value !== 'string' ||
    (!Token.isUnresolved(value) && !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u.test(value))
  ) {
    throw new AgentError(
      property === 'owner' ? 'AgentOwner' : 'AgentEnvironment',
      `${property} must be 1 to 256 letters, digits, spaces and _.:/=+-@, got ` +
        `${value === undefined ? 'nothing' : `'${value}'`}; ${fix}`,
      scope,
    );
  }
}
