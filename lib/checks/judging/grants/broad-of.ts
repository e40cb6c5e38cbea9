import type { PolicyText } from '../../../policy/document/text';
import { resourceBreadth } from '../../../policy/measure/resource-breadth';
import { findAction } from '../../../policy/reference/service-reference';
import type { StatementGrant } from './statement-grants';

/** The resources of a grant that are everything, or a whole type, for one of its actions; or that count as such besides. */
export function broadOf(
  { actions, resources }: StatementGrant,
  also: (resource: PolicyText) => boolean = () => false,
): PolicyText[] {
  const known = actions.flatMap((name) => findAction(name) ?? []);
  return resources.filter(
    (resource) =>
      also(resource) || known.some((action) => ['everything', 'type'].includes(resourceBreadth(resource, action))),
  );
}
