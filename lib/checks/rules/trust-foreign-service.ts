import type { AppRole } from '../../access/app/app-role';
import { serviceName, servicesIn } from '../../access/app/principals';
import { text } from '../../policy/document/text';
import { letsAssume } from '../judging/identity/trusted-callers';
import { listed } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Services that run whatever somebody with access to them wants, with the role: no agent's host. */
const NEVER = ['ec2', 'codebuild', 'cloudformation', 'glue', 'sagemaker', 'ssm'];

/** Foreign services in the trust. */
export const TRUST_FOREIGN_SERVICE: Rule = {
  name: 'trust-foreign-service',
  group: 'ID',
  severity: 'error',
  title: 'Services that do not run the agent may assume its role.',
  why: 'Who may start a build, an instance or a function with this role has the access of the agent, past its guardrails and its log.',
  fix: 'Trust the one service that runs the agent, and give every other workload a role of its own. ScopedAgentRole trusts its host alone.',
  frameworks: ['OWASP NHI8', 'OWASP NHI9', 'CSA MAESTRO L4', 'NIST SP 800-53 AC-6(4)', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    for (const role of app.agentRoles) {
      const granting = role.trust.filter((statement) => letsAssume(statement) && servicesIn(statement).length > 0);
      const trusted = [...new Set(granting.flatMap(servicesIn).filter(isKnown))];
      const hosts = hostsOf(role);
      const families = new Set(trusted.map(familyOf));
      const foreign = trusted.filter(
        (service) => NEVER.includes(service) || (hosts.size > 0 && !hosts.has(familyOf(service))),
      );
      const unclear = hosts.size === 0 && families.size > 1 && foreign.length === 0 ? trusted : [];
      if (foreign.length + unclear.length > 0) {
        const statements = granting.filter((given) =>
          servicesIn(given).some((service) => [...foreign, ...unclear].includes(service)),
        );
        yield {
          resource: role.resource,
          statements,
          cause: [...foreign, ...unclear].sort(),
          message:
            unclear.length > 0
              ? `${role.resource.title} trusts ${listed(trusted)}: one of them runs the agent, the others are foreign.`
              : `${role.resource.title} trusts ${listed(foreign)}${ranBy(role)}.`,
          example: `sts:AssumeRole by ${[...foreign, ...unclear].at(-1)}`,
        };
      }
    }
  },
};

/** What runs with the role, as services; empty where the app does not say. */
function hostsOf({ uses }: AppRole): Set<string> {
  return new Set(uses.flatMap(({ type }) => type.services.map((service) => familyOf(serviceName(text(service))))));
}

function ranBy({ uses }: AppRole): string {
  const used = uses.map(({ resource, type }) => `${type.label} ${resource.title}`);
  return used.length === 0
    ? ', which is no host of an agent'
    : `, and only ${listed([...new Set(used)])} should come to this role`;
}

/** Functions at the edge are functions. */
function familyOf(service: string): string {
  return service === 'edgelambda' ? 'lambda' : service;
}

/** A principal that the template does not tell, and `*`, are the business of trust-public. */
function isKnown(service: string): boolean {
  return !/[<*]/.test(service);
}
