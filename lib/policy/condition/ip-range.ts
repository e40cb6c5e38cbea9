/** A block of addresses in CIDR form, or a single address. */
export interface IpRange {
  readonly bits: bigint;
  /** 32 for IPv4, 128 for IPv6. */
  readonly width: 32 | 128;
  /** How many leading bits all addresses of the block share. */
  readonly prefix: number;
}

/** Reads an address or a block such as `203.0.113.0/24` or `2001:db8::/32`; undefined for anything else. */
export function parseIpRange(written: string): IpRange | undefined {
  const [address = '', length, ...more] = written.split('/');
  const parsed = address.includes(':') ? parseIpv6(address) : parseIpv4(address);
  if (parsed === undefined || more.length > 0) {
    return undefined;
  }
  const width = address.includes(':') ? 128 : 32;
  if (length === undefined) {
    return { bits: parsed, width, prefix: width };
  }
  const prefix = /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  return prefix <= width ? { bits: parsed, width, prefix } : undefined;
}

/** Whether the first block lies in the second. IPv4 never lies in IPv6, nor the other way round. */
export function liesIn(inner: IpRange, outer: IpRange): boolean {
  const shift = BigInt(outer.width - outer.prefix);
  return inner.width === outer.width && inner.prefix >= outer.prefix && inner.bits >> shift === outer.bits >> shift;
}

function parseIpv4(address: string): bigint | undefined {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) {
    return undefined;
  }
  return parts.reduce((bits, part) => (bits << 8n) | BigInt(part), 0n);
}

function parseIpv6(address: string): bigint | undefined {
  const halves = address.split('::');
  if (halves.length > 2) {
    return undefined;
  }
  const head = ipv6Groups(halves[0] ?? '', halves.length === 1);
  const tail = ipv6Groups(halves[1] ?? '', true);
  if (head === undefined || tail === undefined) {
    return undefined;
  }
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) {
    return undefined;
  }
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...tail];
  return groups.reduce((bits, group) => (bits << 16n) | group, 0n);
}

/** The 16-bit groups of one side of `::`; an IPv4 address at the end of the whole address makes two. */
function ipv6Groups(side: string, atEnd: boolean): bigint[] | undefined {
  const groups: bigint[] = [];
  const written = side === '' ? [] : side.split(':');
  for (const [index, group] of written.entries()) {
    const dotted = atEnd && index === written.length - 1 ? parseIpv4(group) : undefined;
    if (dotted !== undefined) {
      groups.push(dotted >> 16n, dotted & 0xffffn);
    } else if (/^[0-9a-f]{1,4}$/i.test(group)) {
      groups.push(BigInt(`0x${group}`));
    } else {
      return undefined;
    }
  }
  return groups;
}
