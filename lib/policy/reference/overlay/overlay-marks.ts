import type { AccessLevel } from '../access-level';
import { ACTS_THOUGH_READ } from './acts-though-read';
import { CREDENTIAL_EXPOSURE } from './credential-exposure';
import { DELEGATION } from './delegation';
import { deletionByName } from './deletion-by-name';
import { ESCALATION } from './escalation';
import { ESCALATION_BY_CODE } from './escalation-by-code';
import { IRREVERSIBLE } from './irreversible';
import { OUTWARD_FLOW } from './outward-flow';
import type { OverlayRow } from './overlay-row';

/** What an action does that its access level does not say, in the order in which a reviewer should hear it. */
export const MARKS = [
  'escalation',
  'credentials',
  'delegation',
  'outward',
  'irreversible',
  'acts though read',
] as const;

/** A set of the overlay. */
export type MarkName = (typeof MARKS)[number];

/** One mark of one action. */
export interface OverlayMark {
  readonly mark: MarkName;
  readonly reason: string;
  /** Another action without which this one has no such effect. */
  readonly together?: string;
}

const SETS: Readonly<Record<MarkName, readonly OverlayRow[]>> = {
  escalation: [...ESCALATION, ...ESCALATION_BY_CODE],
  credentials: CREDENTIAL_EXPOSURE,
  delegation: DELEGATION,
  outward: OUTWARD_FLOW,
  irreversible: IRREVERSIBLE,
  'acts though read': ACTS_THOUGH_READ,
};

const WRITING: ReadonlySet<AccessLevel> = new Set(['Write', 'Permissions management']);

let index: ReadonlyMap<string, readonly OverlayMark[]> | undefined;

/** The reviewed rows of a set. */
export function overlayRows(mark: MarkName): readonly OverlayRow[] {
  return SETS[mark];
}

/**
 * The marks of an action, the gravest first; at most one of each name. Actions that write and are named as deletions
 * are irreversible without a row of their own.
 *
 * @param action Full name, spelt as the service reference spells it.
 */
export function overlayMarks(action: string, level: AccessLevel): readonly OverlayMark[] {
  index ??= indexed();
  const marks = index.get(action) ?? [];
  const byName = WRITING.has(level) ? deletionByName(action) : undefined;
  if (byName === undefined || marks.some(({ mark }) => mark === 'irreversible')) {
    return marks;
  }
  return inOrder([...marks, { mark: 'irreversible', reason: byName }]);
}

function indexed(): ReadonlyMap<string, readonly OverlayMark[]> {
  const found = new Map<string, OverlayMark[]>();
  for (const mark of MARKS) {
    for (const { reason, together, actions } of SETS[mark]) {
      for (const action of actions) {
        const marks = found.get(action) ?? [];
        if (!marks.some((known) => known.mark === mark)) {
          marks.push({ mark, reason, ...(together === undefined ? {} : { together }) });
        }
        found.set(action, marks);
      }
    }
  }
  return found;
}

function inOrder(marks: readonly OverlayMark[]): OverlayMark[] {
  return [...marks].sort((a, b) => MARKS.indexOf(a.mark) - MARKS.indexOf(b.mark));
}
