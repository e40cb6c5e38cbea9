import { arnParts } from '../../access/app/arn-parts';
import { literalOf, type PolicyText } from '../../policy/document/text';
import { broadGrants } from '../judging/grants/broad-grants';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** A whole resource type */
export const RESOURCE_TYPE_WILDCARD: Rule = {
  name: 'resource-type-wildcard',
  group: 'RES',
  severity: 'error',
  title: 'A statement of an agent role allows actions on every resource of a type.',
  why: 'With table/* an agent has every table that anybody makes in the account, now or later: the blast radius of one agent is everybody’s data.',
  fix: 'Name the resources, or ask for a tag of them (aws:ResourceTag) in a condition. The grants of ScopedAgentRole write the ARN of the construct they are given.',
  frameworks: ['OWASP NHI5', 'NIST SP 800-53 AC-6', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    for (const grant of broadGrants(app, 'type')) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} use ${listed(grant.actions)} on ${shownResources(grant.resources)}: every resource of ${grant.resources.some(isWholeService) ? 'the service' : 'the type'}, with no condition that leaves fewer.`,
        example: exampleOf(grant),
      };
    }
  },
};

/** Whether a resource names an account, or a part of one, and no type. */
function isWholeService(resource: PolicyText): boolean {
  return /^\*+$/.test(literalOf(arnParts(resource)?.tail ?? []) ?? '');
}
