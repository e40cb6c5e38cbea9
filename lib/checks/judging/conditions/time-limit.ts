import { parseInstant } from '../../../policy/condition/instant';
import type { PolicyCondition } from '../../../policy/document/policy-document';
import { literalOf } from '../../../policy/document/text';

const DAY = 86_400_000;

/** When an Allow ends by itself: milliseconds since 1970; `unknown` where the template does not tell; absent: never. */
export function endOf(conditions: readonly PolicyCondition[]): number | 'unknown' | undefined {
  return earliest(
    conditions.filter(
      ({ key, operator }) => isClock(key) && /LessThan/.test(operator.comparison) && !operator.ifExists,
    ),
  );
}

/** When a Deny begins by itself. */
export function beginOf(conditions: readonly PolicyCondition[]): number | 'unknown' | undefined {
  return earliest(conditions.filter(({ key, operator }) => isClock(key) && /GreaterThan/.test(operator.comparison)));
}

/** Whether a time is at most so many days after a date. */
export function isWithin(time: number | undefined, date: string, days: number): boolean {
  const today = parseInstant(date);
  return time !== undefined && today !== undefined && time <= today + (days + 1) * DAY;
}

function isClock(key: string): boolean {
  return /^aws:(currenttime|epochtime)$/i.test(key);
}

/** All conditions have to be met, so the earliest counts; of several values of one, the latest. */
function earliest(conditions: readonly PolicyCondition[]): number | 'unknown' | undefined {
  const ends = conditions.map(({ values }) => {
    const instants = values.map((value) => parseInstant(literalOf(value) ?? ''));
    return instants.includes(undefined) || instants.length === 0
      ? undefined
      : Math.max(...instants.map((instant) => instant ?? 0));
  });
  const known = ends.flatMap((end) => (end === undefined ? [] : [end]));
  return known.length > 0 ? Math.min(...known) : ends.length > 0 ? 'unknown' : undefined;
}
