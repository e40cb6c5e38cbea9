import type { OverlayRow } from './overlay-row';

/** Verbs of actions that take something away for good. */
const DELETING = /^(Admin|Batch)?(Delete|Destroy|Drop|Erase|Purchase|Purge|Terminate|Wipe)(?=[A-Z]|$)/;

/** Actions named as deletions that take nothing away which cannot be made again with one call. */
export const REVERSIBLE_BY_PRACTICE: readonly OverlayRow[] = [
  {
    reason: 'is how a consumer says that it has read a message',
    actions: ['sqs:DeleteMessage'],
  },
  {
    reason: 'removes tags',
    actions: ['autoscaling:DeleteTags', 'ec2:DeleteTags', 'redshift:DeleteTags', 'workspaces:DeleteTags'],
  },
  {
    reason: 'ends a session, which nothing of value is kept in',
    actions: ['ssm:TerminateSession'],
  },
];

const REVERSIBLE: ReadonlySet<string> = new Set(REVERSIBLE_BY_PRACTICE.flatMap(({ actions }) => actions));

/** Why an action counts as irreversible by its name alone; undefined when it does not. Ask only about what writes. */
export function deletionByName(action: string): string | undefined {
  const verb = DELETING.exec(action.slice(action.indexOf(':') + 1))?.[2];
  return verb === undefined || REVERSIBLE.has(action)
    ? undefined
    : `is named ${verb}, and no review says that it can be undone`;
}
