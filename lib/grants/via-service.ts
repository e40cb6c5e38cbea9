import { type Stack, Token } from 'aws-cdk-lib/core';
import { urlSuffixOf } from '../synth/pseudo-parameters';

/**
 * The values of `kms:ViaService` for calls that a service makes in a region.
 *
 * In the partition of China AWS does not document which of two suffixes the key carries, so both are named; where the
 * region is not known the stack's own suffix is. Neither lets any other service in.
 */
export function viaService(service: string, region: string, stack: Stack): string | string[] {
  const global = `${service}.${region}.amazonaws.com`;
  const own = `${service}.${region}.${urlSuffixOf(stack)}`;
  if (Token.isUnresolved(own)) {
    return own;
  }
  return own === global ? global : [own, global];
}

/** Whether a name is a service's in `kms:ViaService`: lower-case letters, digits and hyphens. */
export function isServiceName(name: string): boolean {
  return !Token.isUnresolved(name) && /^[a-z0-9-]{2,40}$/.test(name);
}
