import type { AppModel } from '../../../access/app/app-model';
import type { AppRole } from '../../../access/app/app-role';
import {
  DELEGATING_ACTIONS,
  type DelegationEdge,
  DelegationGraph,
  type DelegationNode,
} from '../../../access/app/delegation-graph';
import { ActionSet } from '../grants/allowed-actions';
import { isUnknown } from '../grants/judged-grants';
import { grantsOf } from '../grants/role-grants';
import { onceForApp } from '../once-for-app';

const DELEGATING = new ActionSet(...DELEGATING_ACTIONS);

/** Which agents of an app hand work to which others. */
export const delegationOf = onceForApp(
  (app) =>
    new DelegationGraph(app, (role) =>
      grantsOf(role, DELEGATING).filter(({ statement }) => !isUnknown(statement, 'Effect')),
    ),
);

/** An edge for people: `Claims/Agent -> Ledger/Agent (bedrock:InvokeAgent)`. */
export function edgeShown({ from, to, via }: DelegationEdge): string {
  return `${from.resource.title} -> ${to.resource.title} (${via})`;
}

/** An agent for people. */
export function nodeShown({ resource }: DelegationNode): string {
  return resource.title;
}

/** The roles of all agents that the agents of a role call, and that these call. */
export function rolesBehind(app: AppModel, role: AppRole): AppRole[] {
  const graph = delegationOf(app);
  const seen = new Set<DelegationNode>();
  const next = [...graph.nodesWith(role)];
  for (let node = next.pop(); node !== undefined; node = next.pop()) {
    for (const to of calledBy(node, graph)) {
      if (!seen.has(to)) {
        seen.add(to);
        next.push(to);
      }
    }
  }
  return [...new Set([...seen].flatMap(({ roles }) => roles))];
}

const called = new WeakMap<DelegationNode, ReadonlySet<DelegationNode>>();

function calledBy(node: DelegationNode, graph: DelegationGraph): ReadonlySet<DelegationNode> {
  let found = called.get(node);
  if (found === undefined) {
    found = new Set(graph.from(node).map(({ to }) => to));
    called.set(node, found);
  }
  return found;
}
