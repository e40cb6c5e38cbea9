import { type PolicyText, text } from '../document/text';
import type { AccessLevel } from '../reference/access-level';
import { type OverlayMark, overlayMarks } from '../reference/overlay/overlay-marks';
import { type Scoping, scopingOf } from '../reference/overlay/scoping';
import { actionsLike, findAction, type ServiceAction, serviceReferenceVersion } from '../reference/service-reference';
import { suggestAction } from '../reference/suggestions';
import { type AccessTally, tallyOf } from './access-tally';

/** One action that a pattern stands for. */
export interface ExpandedAction {
  /** Spelt as AWS spells it. */
  readonly name: string;
  readonly level: AccessLevel;
  readonly marks: readonly OverlayMark[];
  readonly scoping: Scoping;
}

/** What a pattern of Action stands for. */
export interface ActionExpansion {
  readonly pattern: string;
  /** In the order of the service reference: by service, then by name. */
  readonly actions: readonly ExpandedAction[];
  readonly tally: AccessTally;
  /** The version of the service reference. Tomorrow the pattern may stand for more. */
  readonly catalogue: string;
  /** When the pattern stands for nothing: the action that it was most likely meant to be. */
  readonly suggestion?: string;
}

/**
 * What a pattern of Action, such as `s3:Get*`, stands for today: every action, its access level, and what the overlay
 * knows about it. A pattern that stands for nothing is an answer too.
 */
export function expandAction(pattern: string): ActionExpansion {
  const actions = actionsLike(text(pattern)).flatMap((name) => describeAction(name) ?? []);
  const suggestion = actions.length === 0 && !/[*?]/.test(pattern) ? suggestAction(pattern) : undefined;
  return {
    pattern,
    actions,
    tally: tallyOf(actions),
    catalogue: serviceReferenceVersion().version,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

/** Whether a text can be a pattern of Action at all. */
export function isActionPattern(pattern: string): boolean {
  return /^([*?]+|[\w*?-]+:[\w*?.-]+)$/.test(pattern);
}

/** An action with its marks; undefined when the service reference does not have it. */
export function describeAction(name: string): ExpandedAction | undefined {
  const action = findAction(name);
  return action && describe(action);
}

/** The actions that stand behind patterns, each once, in the order of the service reference. */
export function actionsBehind(patterns: readonly PolicyText[]): string[] {
  return [...new Set(patterns.flatMap(actionsLike))];
}

function describe(action: ServiceAction): ExpandedAction {
  const { name, level } = action;
  return { name, level, marks: overlayMarks(name, level), scoping: scopingOf(action) };
}
