/** Finds the patterns whose beginnings agree with a text as far as both go. */
export class PrefixIndex {
  private readonly sorted: readonly (readonly [prefix: string, pattern: number])[];
  private readonly byPrefix = new Map<string, number[]>();
  private readonly lengths: ReadonlySet<number>;

  public constructor(entries: readonly (readonly [prefix: string, pattern: number])[]) {
    this.sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    for (const [prefix, pattern] of entries) {
      const known = this.byPrefix.get(prefix) ?? [];
      this.byPrefix.set(prefix, known);
      known.push(pattern);
    }
    this.lengths = new Set(entries.map(([prefix]) => prefix.length));
  }

  /** Patterns that begin with the text, and patterns whose beginning the text begins with. */
  public near(text: string): number[] {
    const found: number[] = [];
    for (let place = this.firstAtLeast(text); this.sorted[place]?.[0].startsWith(text); place++) {
      found.push(this.sorted[place]?.[1] ?? 0);
    }
    for (const length of this.lengths) {
      if (length < text.length) {
        found.push(...(this.byPrefix.get(text.slice(0, length)) ?? []));
      }
    }
    return found;
  }

  private firstAtLeast(text: string): number {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sorted[middle]?.[0] ?? '') < text) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
