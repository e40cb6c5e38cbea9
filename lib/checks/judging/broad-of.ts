import { displayText, type PolicyText } from '../../policy/document/text';
import { resourceBreadth } from '../../policy/measure/resource-breadth';
import { findAction } from '../../policy/reference/service-reference';
import type { StatementGrant } from './statement-grants';

/** The resources of a grant that are everything, or a whole type, for one of its actions; or that a pattern names. */
export function broadOf({ actions, resources }: StatementGrant, also?: RegExp): PolicyText[] {
  const known = actions.flatMap((name) => findAction(name) ?? []);
  return resources.filter(
    (resource) =>
      also?.test(displayText(resource)) === true ||
      known.some((action) => ['everything', 'type'].includes(resourceBreadth(resource, action))),
  );
}
