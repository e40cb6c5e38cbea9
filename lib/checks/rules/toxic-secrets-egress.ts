import type { AppModel } from '../../access/app/app-model';
import { AppResource } from '../../access/app/app-resource';
import type { AppRole } from '../../access/app/app-role';
import type { AppStatement } from '../../access/app/app-statement';
import { exampleOf, type StatementGrant } from '../judging/grants/statement-grants';
import { rolesBehind } from '../judging/reach/delegation';
import { isOfTokenVault, sensitiveReads } from '../judging/reach/sensitive-reads';
import { type WayOut, waysOut } from '../judging/reach/ways-out';
import { listed } from '../judging/shown';
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
  const apart = [...halves].filter(([, own]) => !isWhole(own));
  const readers = new Set(apart.filter(([, { reads }]) => reads.length > 0).map(([role]) => role));
  const senders = new Set(apart.filter(([, { ways }]) => ways.length > 0).map(([role]) => role));
  if (readers.size === 0 || senders.size === 0) {
    return;
  }
  const reached = new Map(apart.map(([role]) => [role, new Set(rolesBehind(app, role))]));
  const pairs = new Map<AppRole, { reader: AppRole; sender: AppRole }>();
  for (const [role, behind] of reached) {
    const all = [role, ...behind];
    const reader = all.find((one) => readers.has(one));
    const sender = all.find((one) => senders.has(one));
    if (reader !== undefined && sender !== undefined) {
      pairs.set(role, { reader, sender });
    }
  }
  for (const [role, { reader, sender }] of pairs) {
    const behind = [...(reached.get(role) ?? [])];
    if (behind.some((other) => pairs.has(other) && reached.get(other)?.has(role) === false)) {
      continue;
    }
    const reads = halves.get(reader)?.reads ?? [];
    const ways = halves.get(sender)?.ways ?? [];
    yield {
      resource: role.resource,
      severity: 'warning',
      statements: [...reads.map(({ statement }) => statement), ...statementsOf(ways)],
      cause: [role.resource.key, ...resourcesOf(ways).map(({ logicalId }) => logicalId)],
      message: `Calls lead from ${role.resource.title} to both halves: ${reader.resource.title} reads what is sensitive (${shownReads(reads)}), and ${sender.resource.title} can send it away (${shownWays(ways)}).`,
      example: `text that ${reader.resource.title} reads tells it to hand a secret on`,
    };
  }
}

function isWhole({ reads, ways }: Halves): boolean {
  return reads.length > 0 && ways.length > 0;
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
