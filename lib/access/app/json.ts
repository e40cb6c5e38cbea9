/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** The value as a JSON object; an empty one where it is none. */
export function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
