import { compareDecimals, type Decimal, parseDecimal } from '../condition/decimal';
import { parseInstant } from '../condition/instant';

/** Numbers that stand for all numbers: the given ones, one between each two neighbours, one below and one above all. */
export function numericSamples(written: readonly string[]): string[] {
  const numbers = written.map(parseDecimal).filter((number) => number !== undefined);
  const sorted = numbers.sort(compareDecimals);
  const samples: string[] = [];
  sorted.forEach((number, index) => {
    const next = sorted[index + 1];
    samples.push(shownDecimal(number), next === undefined ? shownDecimal(plus(number, 1n)) : between(number, next));
  });
  const least = sorted[0];
  return least === undefined ? ['1'] : [...samples, shownDecimal(plus(least, -1n))];
}

/** Points in time that stand for all: the given ones, one between each two neighbours, one before and one after all. */
export function dateSamples(written: readonly string[]): string[] {
  const instants = written.map(parseInstant).filter((instant) => instant !== undefined);
  const sorted = [...new Set(instants)].sort((a, b) => a - b);
  const day = 86_400_000;
  const inner = sorted.flatMap((instant, index) => {
    const next = sorted[index + 1];
    return next === undefined ? [instant] : [instant, ...betweenInstants(instant, next)];
  });
  const outer = sorted.length === 0 ? [] : [(sorted.at(-1) ?? 0) + day, (sorted[0] ?? 0) - day];
  return [...inner.map(shownInstant), ...outer.map(shownInstant), '2030-01-01T00:00:00Z'];
}

/** Strictly between, a whole number where there is one. */
function between(low: Decimal, high: Decimal): string {
  const whole = plus({ digits: floor(low), scale: 0 }, 1n);
  if (compareDecimals(whole, high) < 0) {
    return shownDecimal(whole);
  }
  const scale = Math.max(low.scale, high.scale) + 1;
  const sum = low.digits * 10n ** BigInt(scale - low.scale) + high.digits * 10n ** BigInt(scale - high.scale);
  return shownDecimal({ digits: sum / 2n, scale });
}

function floor({ digits, scale }: Decimal): bigint {
  const unit = 10n ** BigInt(scale);
  return digits < 0n && digits % unit !== 0n ? digits / unit - 1n : digits / unit;
}

function plus({ digits, scale }: Decimal, whole: bigint): Decimal {
  return { digits: digits + whole * 10n ** BigInt(scale), scale };
}

function shownDecimal({ digits, scale }: Decimal): string {
  const sign = digits < 0n ? '-' : '';
  const written = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  const fraction = written.slice(written.length - scale).replace(/0+$/, '');
  const whole = written.slice(0, written.length - scale);
  return scale === 0 || fraction === '' ? sign + whole : `${sign}${whole}.${fraction}`;
}

function betweenInstants(low: number, high: number): number[] {
  const middle = high - low >= 2000 ? Math.floor((low + high) / 2000) * 1000 : (low + high) / 2;
  return middle > low && middle < high ? [middle] : [];
}

function shownInstant(instant: number): string {
  const isOrdinary = Number.isInteger(instant) && instant >= Date.UTC(1, 0, 1) && instant < Date.UTC(9999, 0, 1);
  if (isOrdinary && new Date(instant).getUTCFullYear() >= 1000) {
    return new Date(instant).toISOString().replace('.000Z', 'Z');
  }
  return String(instant / 1000);
}
