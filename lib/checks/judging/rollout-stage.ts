import type { AppResource } from '../../access/app/app-resource';

/** Values of a rollout tag with which the rollout is over. */
const OVER =
  /^(active|complete[d]?|done|enforced?|false|final|full|ga|general availability|live|no|none|off|prod|production|100%?)$/i;
/** Values of a tag `Stage` that name a part of a rollout. */
const ROLLOUT = /roll-?out|canary|pilot|shadow|observ|log-?only|dry-?run|preview|beta|trial/i;

/**
 * What a resource declares about the rollout it is in, such as `RolloutStage=observe`; undefined when it declares none.
 *
 * A declaration is a tag with `rollout` in its name and a value that does not say that the rollout is over, or a tag
 * `Stage` whose value names a rollout.
 */
export function rolloutStage(resource: AppResource): string | undefined {
  for (const [name, value] of resource.tags()) {
    const stage = value
      .literals()
      .find((said) =>
        /rollout|roll-out/i.test(name)
          ? said.trim() !== '' && !OVER.test(said.trim())
          : /^(release-?|deployment-?|policy-?)?stage$/i.test(name) && ROLLOUT.test(said),
      );
    if (stage !== undefined) {
      return `${name}=${stage}`;
    }
  }
  return undefined;
}
