import { ACCESS_LEVELS, type AccessLevel } from '../reference/access-level';
import { MARKS, type MarkName, type OverlayMark } from '../reference/overlay/overlay-marks';

/** How many actions there are, by what a reviewer should know first. An action with several marks counts for each. */
export interface AccessTally {
  /** All actions, each once. */
  readonly actions: number;
  /** The overlay first: what access levels do not say. */
  readonly marks: Readonly<Record<MarkName, number>>;
  readonly levels: Readonly<Record<AccessLevel, number>>;
}

/** An action as far as a tally needs it. */
export interface TalliedAction {
  readonly level: AccessLevel;
  readonly marks: readonly OverlayMark[];
}

/** Counts actions by mark and by access level. Names that count nothing are there with 0. */
export function tallyOf(actions: readonly TalliedAction[]): AccessTally {
  const marks = Object.fromEntries(
    MARKS.map((name) => [name, actions.filter((action) => action.marks.some(({ mark }) => mark === name)).length]),
  ) as Record<MarkName, number>;
  const levels = Object.fromEntries(
    ACCESS_LEVELS.map((name) => [name, actions.filter(({ level }) => level === name).length]),
  ) as Record<AccessLevel, number>;
  return { actions: actions.length, marks, levels };
}
