import type { PolicySet } from '../evaluate/policy-set';
import { serviceReferenceVersion } from '../reference/service-reference';
import { type AccessCell, type AccessDifference, describedActions, differenceOf } from './access-difference';
import { actionClasses, restrictedTo } from './action-class';
import type { Comparer } from './comparer';
import { documentsOf, type ParsedSet, parseSet, writeSet } from './parsed-set';

/** How effective access differs from what was declared. */
export interface AccessMeasure {
  /** Effective and not declared. The aim is nothing. */
  readonly excess: AccessDifference;
  /** Declared and not effective. */
  readonly slack: AccessDifference;
  /** The version of the service reference whose actions were counted. */
  readonly catalogue: string;
}

/**
 * Measures excess and slack: the actions with at least one request that one side allows and the other does not.
 *
 * All actions that the same statements are about are asked about once, by the gravest of them. What the comparer
 * cannot decide counts as different.
 *
 * Throws a `PolicyError` when a policy cannot be read.
 */
export function measureAccess(effective: PolicySet, declared: PolicySet, compare: Comparer): AccessMeasure {
  const [before, after] = [parseSet(declared), parseSet(effective)];
  const excess: AccessCell[] = [];
  const slack: AccessCell[] = [];
  for (const { actions } of actionClasses([...documentsOf(before), ...documentsOf(after)])) {
    const described = describedActions(actions);
    const name = described.actions[0]?.name ?? described.unlisted[0] ?? '';
    const [was, is] = [about(name, before), about(name, after)];
    const nothing = !mayAllow(name, before) && !mayAllow(name, after);
    if (nothing || JSON.stringify(was) === JSON.stringify(is)) {
      continue;
    }
    const { gained, lost } = compare(was, is, { catalogue: 'closed' });
    if (gained.length > 0) {
      excess.push({ ...described, changes: gained });
    }
    if (lost.length > 0) {
      slack.push({ ...described, changes: lost });
    }
  }
  return {
    excess: differenceOf(excess),
    slack: differenceOf(slack),
    catalogue: serviceReferenceVersion().version,
  };
}

/** Whether an identity policy has an Allow that may be about the action. Without one, nothing allows it. */
function mayAllow(action: string, policies: ParsedSet): boolean {
  const documents = (policies.get('identity') ?? []).flat();
  return documents.some((document) =>
    restrictedTo(document, action).statements.some(({ effect }) => effect === 'Allow'),
  );
}

function about(action: string, policies: ParsedSet): PolicySet {
  return writeSet(policies, (document) => restrictedTo(document, action));
}
