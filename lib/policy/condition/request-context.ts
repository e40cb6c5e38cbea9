/** The value of a context key as a request carries it. */
export type ContextValue = string | number | boolean | readonly (string | number | boolean)[];

/** The context keys of one request. Names ignore case. */
export class RequestContext {
  private readonly keys = new Map<string, readonly string[]>();

  /**
   * @param context Exactly the keys that the request carries. An empty list is a key that is not there.
   * @param derived Keys that count only where the context does not have them.
   */
  public constructor(context: Readonly<Record<string, ContextValue>>, derived: Readonly<Record<string, string>> = {}) {
    for (const [key, value] of Object.entries(context)) {
      const values = (Array.isArray(value) ? value : [value]).map(String);
      if (values.length > 0) {
        this.keys.set(key.toLowerCase(), values);
      }
    }
    for (const [key, value] of Object.entries(derived)) {
      if (!this.keys.has(key.toLowerCase())) {
        this.keys.set(key.toLowerCase(), [value]);
      }
    }
  }

  /** The key's values, never an empty list; undefined when the request does not carry the key. */
  public values(key: string): readonly string[] | undefined {
    return this.keys.get(key.toLowerCase());
  }

  /** The key's value when it has exactly one. */
  public single(key: string): string | undefined {
    const values = this.values(key);
    return values?.length === 1 ? values[0] : undefined;
  }
}
