import type { AccessChange } from '../../../lib/policy/compare/policy-comparison';
import { text } from '../../../lib/policy/document/text';
import type { AccessRequest } from '../../../lib/policy/evaluate/access-request';
import { evaluate } from '../../../lib/policy/evaluate/evaluate';
import type { Comparer } from '../../../lib/policy/measure/comparer';
import { actionsLike, findAction } from '../../../lib/policy/reference/service-reference';

/**
 * A comparer for tests that asks the evaluator about every action that a policy names, on each of some resources, under
 * each of some contexts. It is right for policies that only tell these apart.
 */
export function samplingComparer(
  resources: readonly string[],
  contexts: readonly AccessRequest['context'][] = [{}],
): Comparer {
  return (before, after) => {
    const actions = [...new Set([...actionsIn(before), ...actionsIn(after)])];
    const requests = actions.flatMap((action) =>
      resources.flatMap((resource) => contexts.map((context) => ({ action, resource, context: context ?? {} }))),
    );
    const allowed = (policies: typeof before, request: AccessRequest): boolean =>
      evaluate(policies, { principal: 'arn:aws:iam::111122223333:role/Claims', ...request }).decision === 'Allowed';
    const change = (request: (typeof requests)[number]): AccessChange => ({
      certainty: 'witness',
      witness: request,
      scope: 'one resource',
      levels: [findAction(request.action)?.level ?? 'Write'],
    });
    const gained = requests.filter((request) => allowed(after, request) && !allowed(before, request)).map(change);
    const lost = requests.filter((request) => allowed(before, request) && !allowed(after, request)).map(change);
    const relation =
      gained.length > 0 ? (lost.length > 0 ? 'mixed' : 'broadened') : lost.length > 0 ? 'narrowed' : 'equal';
    return { relation, certainty: gained.length > 0 ? 'witness' : 'proved', gained, lost, catalogue: 'test' };
  };
}

const known = new Map<string, string[]>();

/** The first five actions behind each pattern of a policy, and the pattern itself where it is a name. */
function actionsIn(policies: unknown): string[] {
  const found = JSON.stringify(policies).match(/"(?:\*|[\w-]+:[\w*?]+)"/g) ?? [];
  return found
    .map((quoted) => JSON.parse(quoted) as string)
    .flatMap((pattern) => {
      const actions = known.get(pattern) ?? [
        ...actionsLike(text(pattern)).slice(0, 5),
        ...(/[*?]/.test(pattern) ? [] : [pattern]),
      ];
      known.set(pattern, actions);
      return actions;
    });
}
