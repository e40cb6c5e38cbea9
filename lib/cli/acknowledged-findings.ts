import { type Acknowledgement, acknowledgement } from '../access/app/acknowledgement';
import { CRITICAL_RULES } from '../checks/critical-rules';
import type { Finding } from '../checks/finding';
import type { AssemblyStack } from './cloud-assembly';

/** The metadata under which the CDK keeps acknowledgements, and what stands before the ids of our packs. */
const METADATA = 'aws:cdk:acknowledged-rules';
const PREFIX = 'LeastAgency::';

/** What the constructs of an app acknowledged of our rules, as the cloud assembly has it. */
export function assemblyAcknowledgements(stacks: readonly AssemblyStack[]): Acknowledgement[] {
  const tops = stacks.filter(({ parent }) => parent === undefined);
  return tops.flatMap(({ path, metadata }) =>
    [...metadata].flatMap(([place, entries]) =>
      entries
        .filter(({ type, data }) => type === METADATA && typeof data === 'object' && data !== null)
        .flatMap(({ data }) => Object.entries(data as Readonly<Record<string, unknown>>))
        .filter(([id]) => id.startsWith(PREFIX))
        .map(([id, reason]) =>
          acknowledgement(id, String(reason), { place, level: place === path ? 'stack' : 'construct' }),
        ),
    ),
  );
}

/** Whether somebody acknowledged a finding where it is, or above, and the day is not over. Critical ones never are. */
export function isAcknowledged(finding: Finding, given: readonly Acknowledgement[], date: string): boolean {
  const path = `${finding.constructPath ?? ''}/`;
  return (
    !CRITICAL_RULES.includes(finding.rule) &&
    given.some(
      ({ id, place, expires }) =>
        id === finding.id && path.startsWith(`${place}/`) && (expires === undefined || expires >= date),
    )
  );
}
