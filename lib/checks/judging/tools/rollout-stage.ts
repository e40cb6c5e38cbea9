import type { AppResource } from '../../../access/app/app-resource';
import { plainText } from '../../../access/app/json';

/** Values of a rollout tag with which the rollout is over. */
const OVER =
  /^(active|complete[d]?|done|enforced?|false|final|full|ga|general availability|live|no|none|off|prod|production|100%?)$/i;
/** Values of a tag `Stage` that name a part of a rollout. */
const ROLLOUT = /roll-?out|canary|pilot|shadow|observ|monitor|evaluat|log-?only|dry-?run|preview|beta|trial/i;

/**
 * What a resource declares about the rollout it is in, such as `RolloutStage=observe`; undefined when it declares none.
 *
 * A declaration is a tag, or an entry of the metadata, with `rollout` in its name and a value that does not say that the
 * rollout is over; or one called `Stage` whose value names a rollout.
 */
export function rolloutStage(resource: AppResource): string | undefined {
  const tags = resource.tags().map(([name, value]) => [name, value.literals()] as const);
  const metadata = Object.entries(resource.metadata).map(([name, value]) => [name, [plainText(value)]] as const);
  for (const [name, values] of [...tags, ...metadata]) {
    const stage = values.map((said) => said.trim()).find((said) => isRollout(name, said));
    if (stage !== undefined) {
      return `${name}=${stage}`;
    }
  }
  return undefined;
}

function isRollout(name: string, said: string): boolean {
  return /rollout|roll-out/i.test(name)
    ? said !== '' && !OVER.test(said)
    : /^(release-?|deployment-?|policy-?)?stage$/i.test(name) && ROLLOUT.test(said);
}
