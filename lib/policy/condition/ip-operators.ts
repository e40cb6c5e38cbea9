import type { Comparisons } from './comparison';
import { constantValue } from './constant-value';
import { liesIn, parseIpRange } from './ip-range';

/** Whether the request's address lies in the policy's block. An address without a prefix length is a block of one. */
export const IP_OPERATORS: Comparisons = {
  IpAddress: (policyValue, requestValue) => {
    const block = parseIpRange(constantValue(policyValue) ?? '');
    const address = parseIpRange(requestValue);
    return block !== undefined && address !== undefined && liesIn(address, block);
  },
};
