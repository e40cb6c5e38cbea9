import { isDeepStrictEqual } from 'node:util';
import { Stack } from 'aws-cdk-lib/core';
import type { TextStatement } from '../../policy/compare/text-statement';
import { displayText, isLiteral, literalOf, type PolicyText, sameText } from '../../policy/document/text';
import { actionGlob, matchesAction } from '../../policy/match/action-glob';
import { compileGlob, globTokens, matchesGlob } from '../../policy/match/glob';
import { finding } from '../../synth/agent-error';
import { renderedSize } from '../../synth/rendered-size';
import type { StageIndex } from '../../synth/stage-index';
import { readDocument } from '../../synth/statement-text';
import { tokenText } from '../../synth/token-text';
import type { AgentBoundary } from '../agent-boundary';
import { POLICY_QUOTA } from '../policy-quota';
import type { ScopedAgentRole } from '../scoped-agent-role';

/** The boundary that the role ends up with, and what it means for the agent. */
export interface FinalBoundary {
  /** The boundary as a reader sees it: an ARN, or the construct that makes it. */
  readonly shown: string;
  /** Who put it there. */
  readonly source: 'library' | 'declared' | 'override' | 'none';
  /** False when its content is not part of the app, and so could not be judged. */
  readonly inSight: boolean;
  readonly findings: readonly string[];
}

/** Judges what the grants give under the boundary that the role ends up with. */
export function finalBoundary(agent: ScopedAgentRole, index: StageIndex): FinalBoundary {
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
    return { shown: displayText(boundary), source, inSight: true, findings: changed };
  }
  if (policy?.type !== 'AWS::IAM::ManagedPolicy') {
    return { shown: displayText(boundary), source, inSight: false, findings: [] };
  }
  const ceiling = readDocument(policy.properties.PolicyDocument, (item) => index.text(item, policy.stack));
  const findings = agent._workingSet.statements.flatMap(({ text, grantId }) =>
    blocked(
      text,
      ceiling.flatMap((entry) => ('unreadable' in entry ? [] : [entry.statement])),
    ).map((what) =>
      finding(
        'AgentBoundaryBlocks',
        `the permissions boundary ${policy.path} of agent '${agent.agentName}' leaves nothing of ${what}, which grant ` +
          `'${grantId}' gives; no agent may do that by the library's boundary (docs/decisions/0004-boundary.md), or your ` +
          'own boundary has to allow it',
      ),
    ),
  );
  return { shown: policy.path, source, inSight: true, findings };
}

/** The library's own ceiling has to stand in the template as it was made; another one goes into `permissionsBoundary`. */
function libraryBoundaryChanges(made: AgentBoundary, agent: ScopedAgentRole, index: StageIndex): string[] {
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

/** The requests of a statement that a ceiling leaves nothing of. */
function blocked(own: TextStatement, ceiling: readonly TextStatement[]): string[] {
  const lost: string[] = [];
  for (const action of own.actions ?? []) {
    for (const resource of own.resources ?? []) {
      const name = literalOf(action) ?? '';
      const allowed = ceiling.some(
        (entry) => entry.effect === 'Allow' && speaksOfAction(entry, name) && couldMatch(entry, resource),
      );
      const denied = ceiling.some(
        (entry) =>
          entry.effect === 'Deny' &&
          entry.conditions.length === 0 &&
          speaksOfAction(entry, name) &&
          surelyMatches(entry, resource),
      );
      if (!allowed || denied) {
        lost.push(`${name} on ${displayText(resource)}`);
      }
    }
  }
  return lost;
}

function speaksOfAction(entry: TextStatement, action: string): boolean {
  const names = (patterns: readonly PolicyText[]) =>
    patterns.some((pattern) => matchesAction(actionGlob(pattern), action));
  return entry.notActions === undefined ? names(entry.actions ?? []) : !names(entry.notActions);
}

function surelyMatches(entry: TextStatement, resource: PolicyText): boolean {
  const among = (patterns: readonly PolicyText[]) => patterns.some((pattern) => globMatches(pattern, resource));
  return entry.notResources === undefined ? among(entry.resources ?? []) : !among(entry.notResources);
}

function couldMatch(entry: TextStatement, resource: PolicyText): boolean {
  const decidable = (patterns: readonly PolicyText[]) => isLiteral(resource) && patterns.every(isLiteral);
  const patterns = entry.notResources ?? entry.resources ?? [];
  return surelyMatches(entry, resource) || !decidable(patterns);
}

function globMatches(pattern: PolicyText, resource: PolicyText): boolean {
  return matchesGlob(compileGlob(globTokens(pattern)), resource);
}
