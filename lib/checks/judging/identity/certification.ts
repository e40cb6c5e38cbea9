import type { AppResource } from '../../../access/app/app-resource';
import type { AppRole } from '../../../access/app/app-role';

/** Where the access contract of an agent is written into the cloud assembly. */
const CONTRACT = 'least-agency:agent';

/**
 * Whether a role is one whose access contract stands in the cloud assembly, for somebody to certify: one of
 * ScopedAgentRole. Seen by its tags together with what the library says on the role or on its boundary.
 */
export function hasContract({ resource, boundary }: AppRole): boolean {
  const [name] = resource.tag('AgentName');
  const isTagged = resource.tag('PrincipalType').includes('Agent') && name !== undefined && resource.hasTag('Owner');
  return (
    isTagged &&
    (Object.hasOwn(resource.metadata, CONTRACT) ||
      resource.get('Description').literal === `Role of the AI agent ${name}, given by its grants alone` ||
      boundary.policies.some(({ holder }) => isOwnCeiling(holder)))
  );
}

/** Whether a tag says that somebody certified an agent, such as `CertifiedBy`. */
export function isCertified(places: readonly AppResource[]): boolean {
  return places.some((place) => place.tags().some(([name]) => /^(re-?)?certif/i.test(name)));
}

function isOwnCeiling(boundary: AppResource): boolean {
  return boundary.get('Description').literal === 'Permissions boundary of AI agents: a ceiling that gives nothing';
}
