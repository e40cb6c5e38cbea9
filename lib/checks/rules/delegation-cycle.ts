import type { AppStatement } from '../../access/app/app-statement';
import { delegationOf, edgeShown, nodeShown } from '../judging/reach/delegation';
import { listed } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Agents that call each other in a circle. */
export const DELEGATION_CYCLE: Rule = {
  name: 'delegation-cycle',
  group: 'DEL',
  severity: 'error',
  title: 'Agents can hand work to each other in a circle.',
  why: 'One prompt that says "pass this on" keeps the agents calling each other, and paying for models, until a quota stops them. Nobody is responsible for the result, since each was asked by another.',
  fix: 'Let one agent lead: take the action, the alias or the collaborator that leads back out of the later one, and let it answer instead of calling.',
  frameworks: [
    'OWASP ASI07',
    'OWASP ASI08',
    'CSA MAESTRO L7',
    'AWS AGENTSEC06-BP03',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 ID',
  ],
  *check(app): Iterable<Observation> {
    const graph = delegationOf(app);
    for (const circle of graph.cycles()) {
      const [first] = circle;
      const members = new Set(circle);
      const edges = circle.flatMap((node) =>
        graph.from(node).filter(({ from, to }) => members.has(to) && (from !== to || circle.length === 1)),
      );
      if (first !== undefined) {
        yield {
          resource: first.resource,
          statements: [...new Set(edges.flatMap(({ statement }): AppStatement[] => (statement ? [statement] : [])))],
          cause: circle.map(({ resource }) => resource.key),
          message:
            circle.length === 1
              ? `${nodeShown(first)} can call itself: ${listed(edges.map(edgeShown))}.`
              : `${listed(circle.map(nodeShown))} can call each other in a circle: ${listed(edges.map(edgeShown))}.`,
        };
      }
    }
  },
};
