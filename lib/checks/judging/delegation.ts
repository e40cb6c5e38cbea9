import type { AppModel } from '../../access/app/app-model';
import {
  DELEGATING_ACTIONS,
  type DelegationEdge,
  DelegationGraph,
  type DelegationNode,
} from '../../access/app/delegation-graph';
import { ActionSet } from './allowed-actions';
import { isUnknown } from './judged-grants';
import { grantsOf } from './role-grants';

const DELEGATING = new ActionSet(...DELEGATING_ACTIONS);
const graphs = new WeakMap<AppModel, DelegationGraph>();

/** Which agents of an app hand work to which others; made once for each app. */
export function delegationOf(app: AppModel): DelegationGraph {
  const known = graphs.get(app);
  const graph =
    known ??
    new DelegationGraph(app, (role) =>
      grantsOf(role, DELEGATING).filter(({ statement }) => !isUnknown(statement, 'Effect')),
    );
  graphs.set(app, graph);
  return graph;
}

/** An edge for people: `Claims/Agent -> Ledger/Agent (bedrock:InvokeAgent)`. */
export function edgeShown({ from, to, via }: DelegationEdge): string {
  return `${from.resource.title} -> ${to.resource.title} (${via})`;
}

/** An agent for people. */
export function nodeShown({ resource }: DelegationNode): string {
  return resource.title;
}
