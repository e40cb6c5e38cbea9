import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { comparePolicies, type PolicyComparison } from '../../../lib/policy/compare/compare-policies';
import type { AccessRequest } from '../../../lib/policy/evaluate/access-request';
import { decide, decideOwnSide } from '../../../lib/policy/evaluate/decide';
import type { PolicySet } from '../../../lib/policy/evaluate/policy-set';
import { preparePolicies } from '../../../lib/policy/evaluate/prepared-policies';

interface Case {
  readonly name: string;
  /** A policy, or layers of policies. */
  readonly before: unknown;
  readonly after: unknown;
  readonly type?: 'identity' | 'trust' | 'resource';
  readonly catalogue?: 'open' | 'closed';
  /** Whether atoms are known to be plain text. */
  readonly plainAtoms?: boolean;
  readonly relation: PolicyComparison['relation'];
  readonly certainty?: PolicyComparison['certainty'];
  /** The scope of the first gain. */
  readonly scope?: string;
  /** A request that only `after` allows. */
  readonly gained?: AccessRequest;
  /** A request that only `before` allows. */
  readonly lost?: AccessRequest;
}

const FOLDER = join(__dirname, '..', '..', 'cases', 'compare');
const EVERYTHING = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

function setOf(policies: unknown, type: Case['type'] = 'identity'): PolicySet {
  if (typeof policies === 'object' && policies !== null && !('Statement' in policies)) {
    return policies;
  }
  return type === 'identity' ? { identity: policies } : { resource: policies };
}

function isAllowed(policies: unknown, type: Case['type'], request: AccessRequest): boolean {
  const set = setOf(policies, type);
  if (type === undefined || type === 'identity') {
    return decideOwnSide(preparePolicies(set), request).decision === 'Allowed';
  }
  const prepared = preparePolicies({ ...set, identity: EVERYTHING, session: EVERYTHING });
  return decide(prepared, { ...request, resourceAccount: '999988887777' }).decision === 'Allowed';
}

describe.each(readdirSync(FOLDER).filter((file) => file.endsWith('.json')))('%s', (file) => {
  const cases: Case[] = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));

  test.each(cases)(
    '$name',
    ({ before, after, type, catalogue, plainAtoms, relation, certainty, scope, gained, lost }) => {
      const allows = (request: AccessRequest | undefined) =>
        request && { before: isAllowed(before, type, request), after: isAllowed(after, type, request) };
      const compared = comparePolicies(setOf(before, type), setOf(after, type), {
        ...(type === undefined ? {} : { type }),
        ...(catalogue === undefined ? {} : { catalogue }),
        isPlainAtom: () => plainAtoms === true,
      });

      expect({
        relation: compared.relation,
        certainty: compared.certainty,
        scope: scope && compared.gained[0]?.scope,
        gained: allows(gained),
        lost: allows(lost),
      }).toEqual({
        relation,
        certainty:
          certainty ??
          (file === 'atoms.json'
            ? compared.certainty
            : relation === 'equal' || relation === 'narrowed'
              ? 'proved'
              : 'witness'),
        scope,
        gained: gained && { before: false, after: true },
        lost: lost && { before: true, after: false },
      });
      for (const change of [...compared.gained, ...compared.lost].filter((found) => found.certainty === 'witness')) {
        const forward = compared.gained.includes(change);
        expect(change.witness && allows(change.witness)).toEqual({ before: !forward, after: forward });
      }
    },
  );
});
