import type { ContextValue } from '../condition/request-context';
import { parseCaller } from '../evaluate/caller';
import { PolicyError } from '../evaluate/policy-error';

/**
 * A principal for a witness: the caller that was asked about, or, where the context says who asks, somebody of the same
 * kind whom the context fits. Both stand for the same callers.
 *
 * @param context With keys in lower case.
 */
export function witnessCaller(asked: string, context: Readonly<Record<string, ContextValue>>): string {
  const caller = parseCaller(asked);
  const { 'aws:principalarn': arn, 'aws:principalaccount': account } = context;
  if (caller.account === undefined) {
    return asked;
  }
  if (typeof arn === 'string' && arn !== caller.principalArn) {
    const [, role] = caller.kind === 'session' ? (/:role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? []) : [];
    const named = role === undefined ? arn : `arn:aws:sts::${arn.split(':')[4]}:assumed-role/${role}/example-session`;
    return isCaller(named) ? named : asked;
  }
  return typeof account === 'string' && /^\d{12}$/.test(account) ? asked.replace(caller.account, account) : asked;
}

function isCaller(name: string): boolean {
  try {
    return parseCaller(name).account !== undefined;
  } catch (error) {
    if (error instanceof PolicyError) {
      return false;
    }
    throw error;
  }
}
