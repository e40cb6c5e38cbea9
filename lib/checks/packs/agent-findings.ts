import { Stack, Stage, Token, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { isDay } from '../../access/day';
import { kindOf } from '../../grants/exact-arn';
import { AgentError } from '../../synth/agent-error';
import { ruleId } from '../finding-id';
import { reasonWithTerms } from './acknowledgement-reason';
import { loadedCatalogue } from './loaded-catalogue';
import { PACK_NAME } from './pack-name';

/** That a finding is known and accepted, by whom, why, and until when. */
export interface FindingAcknowledgement {
  /** The id of the finding, such as `LeastAgency-NetPublic-3f9c2a1b`. It is another one when the statement changes. */
  readonly id: string;

  /** Why the finding is accepted here. */
  readonly reason: string;

  /** Who answers for it: a team or a person, as an address or a name. */
  readonly owner: string;

  /** The last day it holds, as `YYYY-MM-DD`. From the next day on the finding is back. */
  readonly expires: string;
}

/** What becomes of findings of `AgentRoleChecks` and `AgentHumanInheritanceChecks`. */
export class AgentFindings {
  /**
   * Acknowledges one finding on the construct that it is on. It is listed in `validation-report.json` under
   * `suppressedViolations`, and ends by itself: on its day, and when what was acknowledged changes.
   *
   * Findings of critical rules cannot be acknowledged: see `relaxedRules` of the checks.
   */
  public static acknowledge(construct: IConstruct, acknowledgement: FindingAcknowledgement): void {
    const { id, reason, owner, expires } = acknowledgement;
    if (Stage.isStage(construct) || Stack.isStack(construct)) {
      throw new AgentError(
        'AgentFindingScope',
        'an acknowledgement belongs on the construct that the finding names, not on an app, a Stage or a stack, ' +
          'where it would cover every resource',
        construct,
      );
    }
    const known = { reason: textOf(construct, 'reason', reason), owner: textOf(construct, 'owner', owner) };
    if (typeof expires !== 'string' || !isDay(expires)) {
      throw new AgentError(
        'AgentFindingExpiry',
        `expires must be a day as YYYY-MM-DD, such as '2027-01-31', got ${kindOf(expires)}`,
        construct,
      );
    }
    Validations.of(construct).acknowledge({
      id: `${PACK_NAME}::${findingIdOf(construct, id)}`,
      reason: reasonWithTerms(known.reason, { owner: known.owner, expires }),
    });
  }

  private constructor() {}
}

/** The id without the name of the pack, which synth prints before it. */
function findingIdOf(construct: IConstruct, id: unknown): string {
  const plain = typeof id === 'string' ? id.trim().replace(new RegExp(`^${PACK_NAME}::`), '') : '';
  const [, rule, hash] = /^(LeastAgency-[A-Za-z]+)(-[0-9a-f]{8})?$/.exec(plain) ?? [];
  const isKnown = loadedCatalogue().some(({ name }) => ruleId(name) === rule);
  if (!isKnown || hash === undefined) {
    const why = isKnown ? 'which is a rule: acknowledge its findings one by one' : 'which is no finding';
    throw new AgentError(
      'AgentFindingId',
      `id must be the id of one finding, such as 'LeastAgency-NetPublic-3f9c2a1b', as synth prints it, ` +
        `got ${kindOf(id)}, ${why}`,
      construct,
    );
  }
  return plain;
}

function textOf(construct: IConstruct, property: 'reason' | 'owner', value: unknown): string {
  const isOwner = property === 'owner';
  const plain = typeof value === 'string' && !Token.isUnresolved(value) ? value.trim() : '';
  if (plain === '' || /[\r\n]/.test(plain) || (isOwner && /[[\];]/.test(plain))) {
    throw new AgentError(
      isOwner ? 'AgentFindingOwner' : 'AgentFindingReason',
      isOwner
        ? `owner must say who answers for it, without [, ] and ;, such as 'claims-platform@example.com', got ${kindOf(value)}`
        : `reason must say in one line why the finding is accepted here, got ${kindOf(value)}`,
      construct,
    );
  }
  return plain;
}
