import type { Acknowledgement } from '../../access/app/acknowledgement';
import { dayIn } from '../judging/day';
import { listed } from '../judging/shown';
import type { FindingPlace, Observation } from '../observation';
import type { Rule } from '../rule';

/** An acknowledgement of a finding that covers more than the finding, or has nobody to ask, or is over. */
export const SUPPRESSION_HYGIENE: Rule = {
  name: 'suppression-hygiene',
  group: 'AUD',
  severity: 'error',
  title: 'A finding is acknowledged for too much, by nobody, or for longer than was agreed.',
  why: 'An acknowledgement of a rule, or on a whole stack, also hides what comes later: the next wildcard passes in silence. Without an owner and a day, nobody takes it back.',
  fix: 'Acknowledge the one finding, by its whole id, on the construct that it names: AgentFindings.acknowledge(construct, { id, reason, owner, expires }).',
  frameworks: ['NIST AI RMF GOVERN', 'NIST SP 800-53 AC-6(7)', 'NIST CSF 2.0 DE.CM', 'NIST CSF 2.0 GV'],
  *check(app, { date }): Iterable<Observation> {
    for (const given of app.acknowledgements.filter(({ id }) => /^LeastAgency\b/i.test(id))) {
      const faults = faultsOf(given, date);
      if (faults.length > 0) {
        const { resource, place, id } = given;
        yield {
          resource: resource ?? placeOf(given),
          cause: [id, place, given.reason],
          message: `The acknowledgement of ${id} on ${place === '' ? 'the app' : place} ${listed(faults)}.`,
          // Metadata of a resource knows ids of rules only: one of them, by somebody and in time, is as exact as it gets.
          ...(resource !== undefined && faults.length === 1 && faults[0] === WHOLE_RULE && isOneRule(id)
            ? { severity: 'info' as const }
            : {}),
        };
      }
    }
  },
};

function placeOf({ stack, place }: Acknowledgement): FindingPlace {
  return stack === undefined ? { stack: '', logicalId: '', constructPath: place } : { stack, logicalId: '' };
}

/** What stands behind this much of a reason is not read. */
const LONGEST = 2_000;

const WHOLE_RULE = 'names a whole rule and not one finding';

/** Whether an id is the one of a rule: not the pack's name, and no pattern. */
function isOneRule(id: string): boolean {
  return /^LeastAgency-[A-Za-z]+$/.test(id);
}

function faultsOf(given: Acknowledgement, date: string): string[] {
  const { id, level } = given;
  const reason = given.reason.slice(0, LONGEST);
  const end = endOf(given);
  const faults: string[] = [];
  if (!/-[0-9a-f]{8}$|\[[^\]]+\]$/i.test(id)) {
    faults.push(WHOLE_RULE);
  }
  if (level !== 'construct') {
    faults.push(`covers the whole ${level}`);
  }
  if (reason === '') {
    faults.push('has no reason');
  }
  if (given.owner === undefined && !hasOwner(reason)) {
    faults.push('names no owner and no ticket');
  }
  if (given.expires !== undefined && dayIn(given.expires) === undefined) {
    faults.push(`ends on '${given.expires}', which is no day`);
  } else if (end !== undefined && end < date) {
    faults.push(`ended on ${end}`);
  }
  return faults;
}

/** Whether a reason in plain words names somebody: an address, an owner, or a ticket. */
function hasOwner(reason: string): boolean {
  return /[\w.+-]+@[\w-]+\.\w+|\bowner\s*[:=]\s*\S|\b(?!(?:CVE|CWE|AC|SC|AU|NHI|ASI|AP|ISO|RFC|SHA|UTF)-)[A-Z][A-Z0-9]+-\d+\b|#\d+|\bhttps?:\/\/\S+|\b(ticket|issue|incident|change)\s*[:=]?\s*\S*\d/.test(
    reason,
  );
}

/** The last day: as the terms say it, or the last day in plain words that is not the day when it began. */
function endOf({ expires, reason }: Acknowledgement): string | undefined {
  if (expires !== undefined) {
    return dayIn(expires);
  }
  const days = [
    ...reason.slice(0, LONGEST).matchAll(/(?:\b([A-Za-z]+)[\s:=]+)?(?:\b([A-Za-z]+)[\s:=]+)?(\d{4}-\d{2}-\d{2})/g),
  ].flatMap(([, before = '', last = '', day = '']) =>
    /^(since|from|accepted|approved|reviewed|dated|created)$/i.test(last || before) ||
    /^(accepted|approved|reviewed|dated|created) on$/i.test(`${before} ${last}`)
      ? []
      : (dayIn(day) ?? []),
  );
  return days.sort().at(-1);
}
