import { parseIpRange } from '../condition/ip-range';

/** Addresses that stand for all: at least one in every part that the blocks cut the address space into. */
export function addressSamples(blocks: readonly string[]): string[] {
  const ranges = blocks.map(parseIpRange).filter((range) => range !== undefined);
  const samples = ([32, 128] as const).flatMap((width) => {
    const cuts = new Set<bigint>([0n]);
    for (const range of ranges.filter((candidate) => candidate.width === width)) {
      const size = 1n << BigInt(width - range.prefix);
      const first = (range.bits / size) * size;
      cuts.add(first);
      cuts.add(first + size);
    }
    const sorted = [...cuts].filter((cut) => cut < 1n << BigInt(width)).sort((a, b) => (a < b ? -1 : 1));
    // The second address of a part looks more like a host than the first.
    return sorted.map((cut, index) => {
      const end = sorted[index + 1] ?? 1n << BigInt(width);
      return shownAddress(cut + 1n < end ? cut + 1n : cut, width);
    });
  });
  return ['203.0.113.10', '198.51.100.10', '2001:db8::10', ...samples];
}

function shownAddress(bits: bigint, width: 32 | 128): string {
  if (width === 32) {
    return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 0xffn).join('.');
  }
  const groups = [7n, 6n, 5n, 4n, 3n, 2n, 1n, 0n].map((group) => ((bits >> (group * 16n)) & 0xffffn).toString(16));
  return groups.join(':').replace(/(^|:)0(:0)+(:|$)/, '::');
}
