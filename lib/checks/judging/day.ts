import { isDay } from '../../access/day';

/** The day that a text says, as `YYYY-MM-DD`; undefined when it says none. A time of day behind it is left off. */
export function dayIn(said: string): string | undefined {
  const day = /^\s*(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(said)?.[1];
  return day !== undefined && isDay(day) ? day : undefined;
}
