import { isPublicNetwork, NETWORKED, networkOf } from '../judging/reach/network-mode';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Public network */
export const NET_PUBLIC: Rule = {
  name: 'net-public',
  group: 'EGR',
  severity: 'error',
  title: 'What an agent runs in has the public network.',
  why: 'Whatever the agent was talked into reading it can send anywhere: no route, no endpoint policy and no flow log stands in between.',
  fix: 'Run it in a VPC (NetworkMode VPC with subnets and security groups), with endpoints for the services that it calls. A code interpreter can take SANDBOX, which still reaches S3.',
  frameworks: ['OWASP ASI05', 'CSA MAESTRO L4', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 RS'],
  *check(app): Iterable<Observation> {
    for (const resource of app.ofType(...NETWORKED)) {
      const network = networkOf(resource);
      if (isPublicNetwork(network)) {
        yield {
          resource,
          cause: ['NetworkMode'],
          message: `${resource.title} has ${network === 'public' ? 'NetworkMode PUBLIC' : `no NetworkMode${network === 'unsaid' ? '' : ' in one branch'}, and PUBLIC is the default`}.`,
        };
      } else if (network === 'unknown') {
        yield {
          resource,
          severity: 'info',
          cause: ['NetworkMode'],
          message: `The network of ${resource.title} is not in the template.`,
          undecided: 'NetworkMode is a value without a default',
        };
      }
    }
  },
};
