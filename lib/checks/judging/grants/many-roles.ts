import { arnParts } from '../../../access/app/arn-parts';
import type { PolicyText } from '../../../policy/document/text';
import type { ServiceAction } from '../../../policy/reference/service-reference';
import { isBroad } from './judged-grants';

/** Whether a resource is about all roles of an account, all of a path, or all that end in some way. */
export function isManyRoles(resource: PolicyText, action: ServiceAction): boolean {
  const last = arnParts(resource)?.tail?.at(-1);
  return isBroad(resource, action) || (typeof last === 'string' && /\/[*?][^/]*$/.test(last));
}
