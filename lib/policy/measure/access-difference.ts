import type { AccessChange } from '../compare/policy-comparison';
import { ACCESS_LEVELS } from '../reference/access-level';
import { MARKS } from '../reference/overlay/overlay-marks';
import { type AccessTally, tallyOf } from './access-tally';
import { describeAction, type ExpandedAction } from './expand-action';

/** Actions that one side allows, on the same resources, and the other does not. */
export interface AccessCell {
  /** The gravest first. */
  readonly actions: readonly ExpandedAction[];
  /** Actions that the policies name and the service reference does not have. */
  readonly unlisted: readonly string[];
  /** Where the sides differ for the first of the actions; the same holds for each of the others. */
  readonly changes: readonly AccessChange[];
}

/** What one side allows beyond the other. */
export interface AccessDifference {
  /** Actions with at least one such request. What could not be decided counts. */
  readonly tally: AccessTally;
  /** The gravest first. */
  readonly cells: readonly AccessCell[];
}

/** Puts cells in order and counts their actions. */
export function differenceOf(cells: readonly AccessCell[]): AccessDifference {
  const ordered = [...cells].sort((a, b) => gravity(a.actions[0]) - gravity(b.actions[0]));
  return { tally: tallyOf(ordered.flatMap(({ actions }) => actions)), cells: ordered };
}

/** Names of actions as those of a cell: described where the service reference has them, the gravest first. */
export function describedActions(names: readonly string[]): Pick<AccessCell, 'actions' | 'unlisted'> {
  const described = names.map((name) => [name, describeAction(name)] as const);
  const actions = described.flatMap(([, action]) => action ?? []).sort((a, b) => gravity(a) - gravity(b));
  return { actions, unlisted: described.flatMap(([name, action]) => (action === undefined ? [name] : [])) };
}

/** Less is graver: the mark counts first, then the level. */
function gravity(action: ExpandedAction | undefined): number {
  if (action === undefined) {
    return Number.MAX_SAFE_INTEGER;
  }
  const mark = action.marks[0] === undefined ? MARKS.length : MARKS.indexOf(action.marks[0].mark);
  return mark * ACCESS_LEVELS.length + (ACCESS_LEVELS.length - ACCESS_LEVELS.indexOf(action.level));
}
