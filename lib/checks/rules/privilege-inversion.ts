import type { AppModel } from '../../access/app/app-model';
import type { DelegationEdge, DelegationGraph, DelegationNode } from '../../access/app/delegation-graph';
import type { CheckSettings } from '../check-settings';
import { delegationOf, nodeShown } from '../judging/delegation';
import { type Power, powersOf } from '../judging/powers-of';
import { listed } from '../judging/shown';
import { type UntrustedInput, untrustedInputs } from '../judging/untrusted-inputs';
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
    for (const from of new Set(graph.edges.map((edge) => edge.from))) {
      const inputs = inputsOf(from, app);
      for (const { to, via, statement } of inputs.length === 0 ? [] : reached(from, graph)) {
        const held = powers.get(to) ?? heldBy(to, app, settings);
        powers.set(to, held);
        if (to !== from && held.length > 0) {
          yield {
            resource: statement?.holder ?? from.resource,
            statements: [...(statement ? [statement] : []), ...held.flatMap(({ statements }) => statements)],
            cause: [from.resource.key, to.resource.key],
            message: `${nodeShown(from)} ${listed([...new Set(inputs.map(({ shown }) => shown))])}, and calls ${nodeShown(to)} (${via}), which ${listed([...new Set(held.map(({ shown }) => shown))])}.`,
            example: `text that ${nodeShown(from)} reads tells it what to ask of ${nodeShown(to)}`,
          };
        }
      }
    }
  },
};

/** The edges of an agent; a gateway on the way only passes on what it is told. */
function reached(from: DelegationNode, graph: DelegationGraph): DelegationEdge[] {
  return isGateway(from)
    ? []
    : graph.from(from).flatMap((edge) => {
        const behind = isGateway(edge.to) ? graph.from(edge.to) : [];
        return [edge, ...behind.map(({ to }) => ({ ...edge, to }))];
      });
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
  return [...new Set([...node.roles, ...toolRoles])].flatMap((role) => powersOf(role, settings));
}
