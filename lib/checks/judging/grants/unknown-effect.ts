import type { AppStatement } from '../../../access/app/app-statement';
import type { Observation } from '../../observation';

/** What a finding about an Allow says where only the deployment knows that it is one; nothing where it is. */
export function ifEffectIsUnknown({ unknown }: AppStatement): Pick<Observation, 'severity' | 'undecided'> {
  const effect = unknown.find(({ element }) => element === 'Effect');
  return effect === undefined ? {} : { severity: 'warning', undecided: `its Effect is ${effect.shown}` };
}
