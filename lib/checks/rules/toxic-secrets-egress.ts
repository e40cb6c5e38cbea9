import type { AppModel } from '../../access/app/app-model';
import { AppResource } from '../../access/app/app-resource';
import type { AppRole } from '../../access/app/app-role';
import type { AppStatement } from '../../access/app/app-statement';
import { rolesBehind } from '../judging/delegation';
import { isOfTokenVault, sensitiveReads } from '../judging/sensitive-reads';
import { listed } from '../judging/shown';
import { exampleOf, type StatementGrant } from '../judging/statement-grants';
import { type WayOut, waysOut } from '../judging/ways-out';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Sensitive read + way out */
export const TOXIC_SECRETS_EGRESS: Rule = {
  name: 'toxic-secrets-egress',
  group: 'EGR',
  severity: 'error',
  title: 'An agent reads what is sensitive, and has a way out for it.',
  why: 'One injected sentence is enough: read the secret, put it into the mail, the search or the request. Each half is harmless; together they are a leak.',
  fix: 'Give the two halves to two agents with a role each, or close the way out: a VPC for the network, fixed recipients (ses:Recipients) for mail.',
  frameworks: ['OWASP ASI02', 'OWASP ASI01', 'NIST SP 800-53 AC-6(4)', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 RS'],
  *check(app): Iterable<Observation> {
    const halves = new Map(app.agentRoles.map((role) => [role, halvesOf(role, app)]));
    for (const [role, { reads, ways }] of halves) {
      const [first] = reads;
      if (first !== undefined && ways.length > 0) {
        yield {
          resource: role.resource,
          statements: [...reads.map(({ statement }) => statement), ...statementsOf(ways)],
          cause: resourcesOf(ways).map(({ logicalId }) => logicalId),
          message: `${role.resource.title} reads what is sensitive (${shownReads(reads)}) and can send it away (${shownWays(ways)}).`,
          example: exampleOf(first),
        };
      }
    }
    yield* together(app, halves);
  },
};

/** What a role has of both: what it reads that is sensitive, and its ways out. */
interface Halves {
  readonly reads: readonly StatementGrant[];
  readonly ways: readonly WayOut[];
}

function halvesOf(role: AppRole, app: AppModel): Halves {
  const reads = sensitiveReads(app, role);
  const ways = waysOut(app, role);
  // A gateway signs in to its targets with the tokens that it gets: these are for them.
  const isGatewayAlone = role.uses.every(({ resource }) => resource.type === 'AWS::BedrockAgentCore::Gateway');
  return {
    reads: isGatewayAlone && ways.every(({ target }) => target) ? reads.filter((read) => !isOfTokenVault(read)) : reads,
    ways,
  };
}

/**
 * Agents that have one half each, where a way leads from one to the other, or from a third one to both. Only the agent
 * nearest to them is told.
 */
function* together(app: AppModel, halves: ReadonlyMap<AppRole, Halves>): Iterable<Observation> {
  const reached = new Map([...halves.keys()].map((role) => [role, new Set(rolesBehind(app, role))]));
  const united = new Map(
    [...reached].map(([role, behind]) => {
      const parts = [...new Set([role, ...behind])].filter((one) => !isWhole(halves.get(one)));
      return [role, parts];
    }),
  );
  const isTogether = (role: AppRole): boolean => {
    const parts = united.get(role) ?? [];
    return parts.some((one) => halves.get(one)?.reads.length) && parts.some((one) => halves.get(one)?.ways.length);
  };
  for (const [role, behind] of reached) {
    const isNearest = ![...behind].some((other) => isTogether(other) && reached.get(other)?.has(role) === false);
    if (isWhole(halves.get(role)) || !isTogether(role) || !isNearest) {
      continue;
    }
    const parts = united.get(role) ?? [];
    const reader = parts.find((one) => halves.get(one)?.reads.length);
    const sender = parts.find((one) => halves.get(one)?.ways.length);
    const reads = (reader && halves.get(reader)?.reads) ?? [];
    const ways = (sender && halves.get(sender)?.ways) ?? [];
    yield {
      resource: role.resource,
      severity: 'warning',
      statements: [...reads.map(({ statement }) => statement), ...statementsOf(ways)],
      cause: [role.resource.key, ...resourcesOf(ways).map(({ logicalId }) => logicalId)],
      message: `Calls lead from ${role.resource.title} to both halves: ${reader?.resource.title} reads what is sensitive (${shownReads(reads)}), and ${sender?.resource.title} can send it away (${shownWays(ways)}).`,
      ...(reads[0] === undefined ? {} : { example: exampleOf(reads[0]) }),
    };
  }
}

function isWhole(halves: Halves | undefined): boolean {
  return halves !== undefined && halves.reads.length > 0 && halves.ways.length > 0;
}

function statementsOf(ways: readonly WayOut[]): AppStatement[] {
  return ways.flatMap(({ by }) => (by instanceof AppResource ? [] : [by]));
}

function resourcesOf(ways: readonly WayOut[]): AppResource[] {
  return ways.flatMap(({ by }) => (by instanceof AppResource ? [by] : []));
}

function shownReads(reads: readonly StatementGrant[]): string {
  return listed([...new Set(reads.flatMap(({ actions }) => actions))]);
}

function shownWays(ways: readonly WayOut[]): string {
  return listed([...new Set(ways.flatMap(({ shown }) => shown))]);
}
