import { Stack } from 'aws-cdk-lib/core';
import type { UncoveredRequest } from '../../policy/compare/covered';
import type { TextStatement } from '../../policy/compare/text-statement';
import { literalOf, type PolicyText } from '../../policy/document/text';
import { finding } from '../../synth/agent-error';
import { cfnText } from '../../synth/cfn-text';
import { knownAtoms } from '../../synth/known-atoms';
import { shownText } from '../../synth/shown-text';
import type { StageIndex } from '../../synth/stage-index';
import { readStatement } from '../../synth/statement-text';
import { resolveKeepingReferences } from '../../synth/token-text';
import type { PlatformStatement } from '../host-definition';
import type { SealedAgent } from '../sealed-agent';
import { suggestedGrant } from './suggested-grant';

/** What other constructs asked the role to allow, and no grant declares. One finding lists it all. */
export function foreignStatements(agent: SealedAgent, index: StageIndex): string[] {
  const platform = agent._definition.platform(Stack.of(agent));
  const entries: string[] = [];
  const seen = new Set<string>();
  for (const { statement, source } of agent._foreign) {
    for (const entry of judge(agent, index, statement.toStatementJson(), platform)) {
      const line = `${entry.what}${source === undefined ? '' : ` (asked for at ${source})`}\n       ${entry.fix}`;
      if (!seen.has(line)) {
        seen.add(line);
        entries.push(line);
      }
    }
  }
  if (entries.length === 0) {
    return [];
  }
  return [
    finding(
      'AgentAccessUndeclared',
      `agent '${agent.agentName}' was given access that none of its grants declares. None of it is attached. Declare ` +
        `what the agent needs, and remove the calls that ask for the rest:\n${entries
          .map((entry, position) => `    ${position + 1}. ${entry}`)
          .join('\n')}`,
    ),
  ];
}

interface Entry {
  readonly what: string;
  readonly fix: string;
}

function judge(agent: SealedAgent, index: StageIndex, json: unknown, platform: readonly PlatformStatement[]): Entry[] {
  const names = index.names(Stack.of(agent));
  const read = readStatement(resolveKeepingReferences(json, agent), (value) => cfnText(value, names));
  if ('unreadable' in read) {
    return [{ what: `a statement that can't be judged: ${read.unreadable}`, fix: 'declare the need with a grant' }];
  }
  const { statement } = read;
  if (statement.effect === 'Deny') {
    return [
      {
        what: `a denial of ${(statement.actions ?? []).map(shownText).join(', ') || 'everything but a list'}`,
        fix: 'nothing beyond the grants is allowed, so the role needs no denial; narrow the grant instead',
      },
    ];
  }
  const { covering } = agent._workingSet;
  const literal = covering.literalCoverage(statement);
  if (literal.undecided !== undefined) {
    return [{ what: `a statement that can't be judged: ${literal.undecided}`, fix: 'declare the need with a grant' }];
  }
  const asked = literal.uncovered.filter((request) => !isPlatform(agent, request, platform));
  return group(agent, covering.unproved(statement, asked, knownAtoms(index)), statement);
}

/** Whether the host's platform asks for this: the baseline gives what it needs. */
function isPlatform(
  agent: SealedAgent,
  { action, resource }: UncoveredRequest,
  platform: readonly PlatformStatement[],
): boolean {
  const asked = literalOf(action)?.toLowerCase();
  const shape = resource.map((part) => (typeof part === 'string' ? part : '\u0000')).join('');
  return platform.some(
    (row) =>
      row.actions.some((known) => known.toLowerCase() === asked) &&
      (row.resource instanceof RegExp ? row.resource.test(shape) : row.resource(resource, agent._workingSet.covering)),
  );
}

/** One entry for all actions that are asked for on the same resources. */
function group(agent: SealedAgent, uncovered: readonly UncoveredRequest[], statement: TextStatement): Entry[] {
  const byResource = new Map<string, PolicyText[]>();
  for (const { action, resource } of uncovered) {
    const shown = shownText(resource);
    byResource.set(shown, [...(byResource.get(shown) ?? []), action]);
  }
  const byActions = new Map<string, { actions: string[]; resources: string[] }>();
  for (const [resource, actions] of byResource) {
    const shown = actions.map(shownText);
    const entry = byActions.get(shown.join()) ?? { actions: shown, resources: [] };
    entry.resources.push(resource);
    byActions.set(shown.join(), entry);
  }
  return [...byActions.values()].map(({ actions, resources }) => {
    const covering = sameResourceGrant(agent, statement, actions[0] ?? '');
    return {
      what: `${actions.join(', ')} on ${resources.join(', ')}`,
      fix:
        covering === undefined
          ? `declare: ${suggestedGrant(actions, resources)}`
          : `grant '${covering}' gives a part of it: remove this call, and if the agent needs the rest too, declare: ` +
            suggestedGrant(actions, resources),
    };
  });
}

/** A grant that already gives the same service on one of the same resources. */
function sameResourceGrant(agent: SealedAgent, statement: TextStatement, action: string): string | undefined {
  const service = `${action.split(':')[0]}:`;
  const resources = new Set((statement.resources ?? []).map(shownText));
  return agent._workingSet.statements.find(
    ({ text }) =>
      text.actions?.some((own) => shownText(own).startsWith(service)) &&
      text.resources?.some((own) => shownText(own) !== '*' && resources.has(shownText(own))),
  )?.grantId;
}
