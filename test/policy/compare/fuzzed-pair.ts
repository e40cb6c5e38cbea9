import { comparePolicies, type PolicyComparison } from '../../../lib/policy/compare/compare-policies';
import { decide, decideOwnSide } from '../../../lib/policy/evaluate/decide';
import type { PolicySet } from '../../../lib/policy/evaluate/policy-set';
import { type PreparedPolicies, preparePolicies } from '../../../lib/policy/evaluate/prepared-policies';
import type { RandomSource } from '../random';
import { randomPair, randomRequest } from './random-policies';

/** What one random pair showed. */
export interface FuzzedPair {
  readonly comparison: PolicyComparison;
  /** What is wrong with the comparison, if anything, with all that is needed to see it again. */
  readonly problem?: string;
  /** Requests that were tried. */
  readonly probes: number;
  /** Witnesses that were checked. */
  readonly witnesses: number;
  /** Whether a probe alone showed a change that the comparison reports: how strong the probing is. */
  readonly shown: number;
}

const EVERYTHING = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

/** Compares a random pair, and looks for a request that proves the comparison wrong. */
export function fuzzPair(source: RandomSource, probes: number): FuzzedPair {
  const { before, after, type } = randomPair(source);
  const comparison = comparePolicies(before, after, { type });
  const allows = [before, after].map((set) => decider(set, type));
  const keys = [...JSON.stringify([before, after]).matchAll(/"([\w-]+:[\w-]+)":|\$\{([\w:]+)/g)].map((match) =>
    (match[1] ?? match[2] ?? '').toLowerCase(),
  );
  let witnesses = 0;
  let shown = 0;
  const problem = (what: string, more: object): FuzzedPair => ({
    comparison,
    probes,
    witnesses,
    shown,
    problem: `${what}\n${JSON.stringify({ before, after, type, comparison, ...more })}`,
  });
  for (const [changes, from, to] of [
    [comparison.gained, 0, 1],
    [comparison.lost, 1, 0],
  ] as const) {
    for (const change of changes.filter(({ certainty }) => certainty === 'witness')) {
      witnesses += 1;
      const request = {
        action: '',
        resource: '',
        ...change.witness,
        ...(type === 'resource' ? { resourceAccount: '999988887777' } : {}),
      };
      if (allows[from]?.(request) !== false || allows[to]?.(request) !== true) {
        return problem('a witness is rejected', { change });
      }
    }
  }
  for (let probe = 0; probe < probes; probe++) {
    const request = randomRequest(source, type === 'resource', keys);
    const [was, is] = allows.map((allowed) => allowed(request));
    if (!was && is) {
      shown |= 1;
    }
    if (was && !is) {
      shown |= 2;
    }
    if (!was && is && comparison.gained.length === 0) {
      return problem('a request gained access', { request });
    }
    if (was && !is && comparison.lost.length === 0) {
      return problem('a request lost access', { request });
    }
  }
  return { comparison, probes, witnesses, shown };
}

type Asked = Parameters<typeof decide>[1];

function decider(set: PolicySet, type: 'identity' | 'resource'): (request: Asked) => boolean {
  const prepared: PreparedPolicies = preparePolicies(
    type === 'identity' ? set : { ...set, identity: EVERYTHING, session: EVERYTHING },
  );
  const ask = type === 'identity' ? decideOwnSide : decide;
  return (request) => ask(prepared, request).decision === 'Allowed';
}
