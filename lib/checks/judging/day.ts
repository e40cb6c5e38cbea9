/** The day that a text says, as `YYYY-MM-DD`; undefined when it says none. A time of day behind it is left off. */
export function dayIn(said: string): string | undefined {
  const day = /^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(said);
  if (day === null) {
    return undefined;
  }
  const written = day.slice(1, 4).join('-');
  const date = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written) ? written : undefined;
}
