import { constantValue } from './constant-value';
import type { TextTemplate } from './policy-variable';

/** Whether the key's absence is what one of the policy's values asks for: `true` is absent, `false` is present. */
export function nullHolds(policyValues: readonly TextTemplate[], absent: boolean): boolean {
  return policyValues.some((value) => constantValue(value)?.toLowerCase() === String(absent));
}
