const W3C = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/**
 * Reads a point in time: a date of the W3C profile of ISO 8601 (`2026`, `2026-11`, `2026-11-20`,
 * `2026-11-20T10:00Z`, `2026-11-20T10:00:00.5+01:00`), or seconds since 1970. Four digits are a year.
 *
 * A time without a zone is read as UTC: the profile demands a zone, and IAM's documentation does not say what it does
 * without one.
 *
 * @returns milliseconds since 1970, or undefined when it is no point in time.
 */
export function parseInstant(written: string): number | undefined {
  const match = W3C.exec(written);
  if (match === null) {
    return /^-?\d{1,12}(\.\d{1,9})?$/.test(written) ? Number(written) * 1000 : undefined;
  }
  const [, year = '', month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] =
    match;
  const midnight = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const exists = midnight.getUTCMonth() === Number(month) - 1 && midnight.getUTCDate() === Number(day);
  if (!exists || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return undefined;
  }
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second) + Number(`0.${fraction || '0'}`);
  return midnight.getTime() + seconds * 1000 - zoneMinutes(zone) * 60_000;
}

function zoneMinutes(zone: string): number {
  if (zone === 'Z') {
    return 0;
  }
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  return zone.startsWith('-') ? -minutes : minutes;
}
