/** A source of random test values that can be replayed. */
export interface RandomSource {
  /** Set the environment variable `SEED` to this to get the same values again. */
  readonly seed: number;
  /** A number from 0 up to, not including, `below`. */
  readonly length: (below: number) => number;
  /** A text of random letters of an alphabet. */
  readonly pick: (alphabet: string, letters: number) => string;
}

/** In CI every run is the same run; elsewhere each looks at other values. */
const DEFAULT_SEED = process.env.CI ? 4711 : Date.now() % 1_000_000;

/** Starts a source, and prints its seed so that a failure can be replayed. @param fixed The seed when none is set. */
export function randomFrom(name: string, fixed = DEFAULT_SEED): RandomSource {
  const seed = Number(process.env.SEED ?? fixed);
  process.stdout.write(`${name}: SEED=${seed}\n`);
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const length = (below: number): number => Math.floor(next() * below);
  const pick = (alphabet: string, letters: number): string =>
    Array.from({ length: letters }, () => alphabet[length(alphabet.length)] ?? '').join('');
  return { seed, length, pick };
}
