import { literalOf, displayText, isLiteral, sameText, type PolicyText } from '../../policy/document/text';
import { actionGlob, matchesAction } from '../../policy/match/action-glob';
import { compileGlob, globTokens, matchesGlob } from '../../policy/match/glob';
import type { TextStatement } from '../../policy/compare/text-statement';
import { finding } from '../../synth/agent-error';
import type { StageIndex } from '../../synth/stage-index';
import { readDocument } from '../../synth/statement-text';
import { tokenText } from '../../synth/token-text';
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
  if (role === undefined || value === undefined) {
    return {
      shown: 'none',
      source: 'none',
      inSight: true,
      findings: [
        finding(
          'AgentBoundaryMissing',
          `the permissions boundary of agent '${agent.agentName}' was taken away from outside; every agent keeps one: ` +
            "take the change back, or give your organization's boundary in permissionsBoundary",
        ),
      ],
    };
  }
  const boundary = index.text(value, role.stack);
  const declared = sameText(boundary, tokenText(agent._boundaryArn, agent));
  const source = !declared ? 'override' : agent._props.permissionsBoundary === undefined ? 'library' : 'declared';
  const policy = index.resourceOf(boundary);
  if (policy?.type !== 'AWS::IAM::ManagedPolicy') {
    return { shown: displayText(boundary), source, inSight: false, findings: [] };
  }
  const ceiling = readDocument(policy.properties.PolicyDocument, (item) => index.text(item, policy.stack));
  const findings = agent._workingSet.statements.flatMap(({ text, grantId }) =>
    blocked(text, ceiling.flatMap((entry) => ('unreadable' in entry ? [] : [entry.statement]))).map((what) =>
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
  const names = (patterns: readonly PolicyText[]) => patterns.some((pattern) => matchesAction(actionGlob(pattern), action));
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
