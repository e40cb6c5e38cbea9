import type { Comparisons } from './comparison';
import { constantValue } from './constant-value';

/** Compares bytes. Both values are Base64; the context of a request holds binary keys in that form. */
export const BINARY_OPERATOR: Comparisons = {
  BinaryEquals: (policyValue, requestValue) => {
    const wanted = bytesOf(constantValue(policyValue));
    const got = bytesOf(requestValue);
    return wanted !== undefined && got !== undefined && wanted.equals(got);
  },
};

function bytesOf(base64: string | undefined): Buffer | undefined {
  const isBase64 = base64 !== undefined && /^[A-Za-z0-9+/]*={0,2}$/.test(base64) && base64.length % 4 === 0;
  return isBase64 ? Buffer.from(base64, 'base64') : undefined;
}
