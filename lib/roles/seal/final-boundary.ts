import { isDeepStrictEqual } from 'node:util';
import { Stack } from 'aws-cdk-lib/core';
import { sameText } from '../../policy/document/text';
import { finding } from '../../synth/agent-error';
import { renderedSize } from '../../synth/rendered-size';
import { shownText } from '../../synth/shown-text';
import type { StageIndex } from '../../synth/stage-index';
import { tokenText } from '../../synth/token-text';
import type { AgentBoundary } from '../agent-boundary';
import { ASSUME_ROLE_DENIAL, BOUNDARY_DENIALS } from '../boundary-denials';
import { POLICY_QUOTA } from '../policy-quota';
import type { SealedAgent } from '../sealed-agent';
import { Ceiling } from './ceiling';

/** The boundary that the role ends up with, and what it means for the agent. */
export interface FinalBoundary {
  /** The boundary as a reader sees it: an ARN, or the construct that makes it. */
  readonly shown: string;
  /** Who put it there. */
  readonly source: 'library' | 'declared' | 'override' | 'none';
  /** False when its content is not part of the app, and so could not be judged. */
  readonly inSight: boolean;
  /** Its content, where it was judged. */
  readonly ceiling?: Ceiling;
  readonly findings: readonly string[];
}

/** Judges what the grants give under the boundary that the role ends up with. */
export function finalBoundary(agent: SealedAgent, index: StageIndex): FinalBoundary {
  const role = index.at(agent._role.node.path);
  const value = role?.properties.PermissionsBoundary;
  if (role === undefined || value === undefined || JSON.stringify(value).includes('AWS::NoValue')) {
    return {
      shown: 'none',
      source: 'none',
      inSight: true,
      findings: [
        finding(
          'AgentBoundaryMissing',
          `the permissions boundary of agent '${agent.agentName}' was taken away from outside, or may be by a condition; ` +
            'every agent keeps one: ' +
            "take the change back, or give your organization's boundary in permissionsBoundary",
        ),
      ],
    };
  }
  const boundary = index.text(value, role.stack);
  const declared =
    sameText(boundary, tokenText(agent._boundaryArn, agent)) ||
    isDeepStrictEqual(value, role.stack.resolve(agent._boundaryArn));
  const source = !declared ? 'override' : agent._props.permissionsBoundary === undefined ? 'library' : 'declared';
  const changed = source === 'library' && agent._ceiling ? libraryBoundaryChanges(agent._ceiling, agent, index) : [];
  const policy = index.resourceOf(boundary);
  if (changed.length > 0) {
    return { shown: shownText(boundary), source, inSight: true, findings: changed };
  }
  if (policy?.type !== 'AWS::IAM::ManagedPolicy') {
    return { shown: shownText(boundary), source, inSight: false, findings: [] };
  }
  const ceiling = Ceiling.of(policy, index);
  const findings = agent._workingSet.statements.flatMap(({ text, grantId }) =>
    ceiling
      .blocks(text)
      .map(({ what, deniedBy }) =>
        finding(
          'AgentBoundaryBlocks',
          `the permissions boundary ${policy.path} of agent '${agent.agentName}' leaves nothing of ${what}, which grant ` +
            `'${grantId}' gives: ${reason(source, deniedBy)}`,
        ),
      ),
  );
  return { shown: policy.path, source, inSight: true, ceiling, findings };
}

/** The library's own ceiling has to stand in the template as it was made; another one goes into `permissionsBoundary`. */
function libraryBoundaryChanges(made: AgentBoundary, agent: SealedAgent, index: StageIndex): string[] {
  const rendered = index.at(made.resource.node.path);
  const asMade = Stack.of(made).resolve(made.document());
  if (rendered?.type !== 'AWS::IAM::ManagedPolicy' || !isDeepStrictEqual(rendered.properties.PolicyDocument, asMade)) {
    return [
      finding(
        'AgentBoundaryChanged',
        `${made.resource.node.path}, the permissions boundary of agent '${agent.agentName}', was changed from outside; ` +
          "take the change back, or give your organization's boundary in permissionsBoundary",
      ),
    ];
  }
  const size = renderedSize(made.document(), made);
  return size.upTo || size.characters <= POLICY_QUOTA.managed
    ? []
    : [
        finding(
          'AgentBoundarySize',
          `the permissions boundary of agent '${agent.agentName}' takes ${size.characters} characters with the roles that ` +
            `the agents of the stack may assume, allowed are ${POLICY_QUOTA.managed}; put the agents into several stacks`,
        ),
      ];
}

/** Why a boundary blocks, and what to do about it. */
function reason(source: FinalBoundary['source'], deniedBy: string | undefined): string {
  const denial = [...BOUNDARY_DENIALS, ASSUME_ROLE_DENIAL].find(({ sid }) => sid === deniedBy);
  return source === 'library' && denial !== undefined
    ? `${denial.why} (${denial.sid}); take it out of the agent, or give another boundary in permissionsBoundary`
    : `${deniedBy === undefined ? 'nothing in it allows that' : `its statement ${deniedBy} denies that`}; take it out of ` +
        'the grant, or let the boundary allow it';
}
