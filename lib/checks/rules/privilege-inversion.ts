import type { AppModel } from '../../access/app/app-model';
import type { AppStatement } from '../../access/app/app-statement';
import type { DelegationEdge, DelegationGraph, DelegationNode } from '../../access/app/delegation-graph';
import type { CheckSettings } from '../check-settings';
import { delegationOf, nodeShown } from '../judging/reach/delegation';
import { type Power, powersOf } from '../judging/reach/powers-of';
import { type UntrustedInput, untrustedInputs } from '../judging/reach/untrusted-inputs';
import { listed } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** An agent that reads what anybody wrote, and hands work to one that can do harm. */
export const PRIVILEGE_INVERSION: Rule = {
  name: 'privilege-inversion',
  group: 'DEL',
  severity: 'error',
  title:
    'An agent that reads what anybody can have written hands work to one that writes, deploys, spends or changes identities.',
  why: 'A web page or a mail can say what the first agent asks of the second, so its author has the rights of the second one. The roles are apart, and the way between them is not.',
  fix: 'Turn the edge round: the agent with the rights asks the one that reads and takes its answer as data. Or let a person or a fixed workflow stand between them.',
  frameworks: [
    'OWASP ASI07',
    'OWASP ASI08',
    'CSA MAESTRO L7',
    'AWS AGENTSEC06-BP03',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 ID',
  ],
  *check(app, settings): Iterable<Observation> {
    const graph = delegationOf(app);
    const powers = new Map<DelegationNode, Power[]>();
    for (const from of graph.nodes) {
      const edges = isGateway(from) ? [] : graph.from(from);
      const inputs = edges.length === 0 ? [] : inputsOf(from, app);
      const targets = new Map<AppStatement | undefined, Map<DelegationNode, DelegationEdge>>();
      for (const edge of inputs.length === 0 ? [] : edges.flatMap((first) => through(first, graph))) {
        const held = powers.get(edge.to) ?? heldBy(edge.to, app, settings);
        powers.set(edge.to, held);
        if (edge.to !== from && held.length > 0) {
          const reached = targets.get(edge.statement) ?? new Map<DelegationNode, DelegationEdge>();
          targets.set(edge.statement, reached.set(edge.to, edge));
        }
      }
      for (const [statement, reached] of targets) {
        const calls = [...reached.values()];
        const held = calls.map(({ to }) => powers.get(to) ?? []);
        const shown = calls.map(
          ({ to, via }, index) =>
            `${nodeShown(to)} (${via}), which ${listed([...new Set(held[index]?.map((power) => power.shown))])}`,
        );
        yield {
          resource: statement?.holder ?? from.resource,
          statements: [
            ...(statement ? [statement] : []),
            ...inputs.flatMap((input) => input.statements),
            // Beyond some agents their names are enough for an id.
            ...new Set(held.slice(0, MOST_HELD).flatMap((all) => all.flatMap(({ statements }) => statements))),
          ],
          cause: [from.resource.key, ...calls.map(({ to }) => to.resource.key)],
          message: `${nodeShown(from)} ${listed([...new Set(inputs.map((input) => input.shown))])}, and calls ${listed(shown)}.`,
          example: `text that ${nodeShown(from)} reads tells it what to ask of ${calls[0] ? nodeShown(calls[0].to) : ''}`,
        };
      }
    }
  },
};

/** The statements of more agents than this are no part of a finding's id. */
const MOST_HELD = 20;

/** An edge, and behind a gateway those of the gateway: it only passes on what it is told. */
function through(edge: DelegationEdge, graph: DelegationGraph): DelegationEdge[] {
  const behind = isGateway(edge.to) ? graph.from(edge.to) : [];
  return [edge, ...behind.map(({ to }) => ({ ...edge, to }))];
}

function isGateway({ resource }: DelegationNode): boolean {
  return resource.type === 'AWS::BedrockAgentCore::Gateway';
}

function inputsOf({ roles, agent }: DelegationNode, app: AppModel): UntrustedInput[] {
  return roles.flatMap((role) => untrustedInputs(app, role, agent ? [agent] : []));
}

/** What an agent may do by itself and by the functions that are its tools. A gateway's tools are those of many agents. */
function heldBy(node: DelegationNode, app: AppModel, settings: CheckSettings): Power[] {
  const tools = new Set(isGateway(node) ? [] : node.agent?.tools.map(({ resource }) => resource));
  const toolRoles =
    tools.size === 0 ? [] : app.roles.filter(({ uses }) => uses.some(({ resource }) => tools.has(resource)));
  return [...new Set([...node.roles, ...toolRoles])].flatMap((role) => powersOf(app, role, settings));
}
