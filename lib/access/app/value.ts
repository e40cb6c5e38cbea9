import { literalOf, type PolicyText } from '../../policy/document/text';
import { functionCall } from '../template';
import type { Json } from './json';

/** One thing that a value of a template may turn out to be. */
export type Reading =
  | { readonly kind: 'text'; readonly text: PolicyText }
  | { readonly kind: 'list'; readonly items: readonly unknown[]; readonly scope: ValueScope }
  | { readonly kind: 'map'; readonly map: Json; readonly scope: ValueScope }
  | { readonly kind: 'absent' };

/** Reads the values of one template. */
export interface ValueScope {
  /** All that a raw value of the template may turn out to be; never empty. */
  readings(raw: unknown): readonly Reading[];
}

/** An item of a list of a template. */
export interface PlacedItem {
  readonly item: Value;
  /** False where it stands in one branch of a condition only. */
  readonly always: boolean;
}

const ABSENT: readonly Reading[] = [{ kind: 'absent' }];

/**
 * A value of a template with its functions followed: everything it may turn out to be, since both branches of `Fn::If`
 * and all entries of an undecided `Fn::FindInMap` count.
 *
 * What only the deployment knows is an atom inside a text: see `PolicyText`.
 */
export class Value {
  /** A value that is not there. */
  public static readonly ABSENT = new Value(ABSENT);

  /** Reads a raw value of a template. */
  public static of(raw: unknown, scope: ValueScope): Value {
    return raw === undefined ? Value.ABSENT : new Value(scope.readings(raw));
  }

  public constructor(public readonly readings: readonly Reading[]) {}

  /** The property at a path, through every branch. */
  public get(...path: readonly string[]): Value {
    let readings = this.readings;
    for (const name of path) {
      const [only] = readings;
      if (readings.length === 1 && only?.kind === 'map') {
        readings = Object.hasOwn(only.map, name) ? only.scope.readings(only.map[name]) : ABSENT;
        continue;
      }
      const next: Reading[] = [];
      for (const reading of readings) {
        if (reading.kind === 'map' && Object.hasOwn(reading.map, name)) {
          next.push(...reading.scope.readings(reading.map[name]));
        } else {
          next.push(...ABSENT);
        }
      }
      readings = next;
    }
    return path.length === 0 ? this : readings === ABSENT ? Value.ABSENT : new Value(readings);
  }

  /** The items of the list, of every branch; a single value counts as a list of one, as it does in policies. */
  public items(): Value[] {
    return this.placedItems().map(({ item }) => item);
  }

  /** The items, and of each whether it is there whatever happens at deployment. */
  public placedItems(): PlacedItem[] {
    const found: PlacedItem[] = [];
    const always = this.readings.length === 1;
    for (const reading of this.readings) {
      if (reading.kind === 'list') {
        for (const item of reading.items) {
          const value = Value.of(item, reading.scope);
          const [only] = value.readings;
          const single = value.readings.length === 1;
          if (single && only?.kind !== 'absent' && (only?.kind !== 'list' || !isCall(item))) {
            found.push({ item: value, always });
            continue;
          }
          // A function may stand for several items: `Fn::If`, a list parameter.
          for (const inner of value.readings) {
            if (inner.kind === 'list' && isCall(item)) {
              const within = new Value([inner]).placedItems();
              found.push(...within.map((placed) => ({ ...placed, always: always && single && placed.always })));
            } else if (inner.kind !== 'absent') {
              found.push({ item: new Value([inner]), always: always && single });
            }
          }
        }
      } else if (reading.kind !== 'absent') {
        found.push({ item: always ? this : new Value([reading]), always });
      }
    }
    return found;
  }

  /** The names of the properties of the map, of every branch. */
  public names(): string[] {
    const [only] = this.readings;
    return this.readings.length === 1 && only?.kind === 'map'
      ? Object.keys(only.map)
      : this.readings.flatMap((reading) => (reading.kind === 'map' ? Object.keys(reading.map) : []));
  }

  /** The properties of the map, of every branch. */
  public entries(): [name: string, value: Value][] {
    return this.readings.flatMap((reading) =>
      reading.kind === 'map'
        ? Object.keys(reading.map).map((name): [string, Value] => [name, Value.of(reading.map[name], reading.scope)])
        : [],
    );
  }

  /** The texts it may be. A list is not a text: ask its items. */
  public texts(): PolicyText[] {
    const found: PolicyText[] = [];
    for (const reading of this.readings) {
      if (reading.kind === 'text') {
        found.push(reading.text);
      }
    }
    return found;
  }

  /** The texts it may be that are wholly known. */
  public literals(): string[] {
    return this.texts().flatMap((text) => literalOf(text) ?? []);
  }

  /** The known text, when it can be nothing else. */
  public get literal(): string | undefined {
    const [only, ...more] = this.readings;
    return more.length === 0 && only?.kind === 'text' ? literalOf(only.text) : undefined;
  }

  /** Whether it is there whatever happens at deployment, or only in some branches, or never. */
  public get presence(): 'always' | 'sometimes' | 'never' {
    let absent = 0;
    for (const { kind } of this.readings) {
      absent += kind === 'absent' ? 1 : 0;
    }
    return absent === 0 ? 'always' : absent === this.readings.length ? 'never' : 'sometimes';
  }

  /** Whether it, or an item of its list, is not the same whatever happens at deployment. */
  public get branched(): boolean {
    return (
      this.readings.length > 1 ||
      this.readings.some(
        (reading) =>
          reading.kind === 'list' &&
          // What is no function is one thing.
          reading.items.some((item) => isCall(item) && Value.of(item, reading.scope).readings.length !== 1),
      )
    );
  }

  /** The texts inside it at any depth, with the path of properties that leads to each; a list's items have `[]`. */
  public everyText(): { path: readonly string[]; text: PolicyText }[] {
    const found: { path: readonly string[]; text: PolicyText }[] = [];
    collectTexts(this.readings, [], 0, found);
    return found;
  }
}

function collectTexts(
  readings: readonly Reading[],
  path: readonly string[],
  depth: number,
  found: { path: readonly string[]; text: PolicyText }[],
): void {
  if (depth > DEEPEST) {
    return;
  }
  for (const reading of readings) {
    if (reading.kind === 'text') {
      found.push({ path, text: reading.text });
    } else if (reading.kind === 'list') {
      const inside = [...path, '[]'];
      for (const item of reading.items) {
        collectTexts(reading.scope.readings(item), inside, depth + 1, found);
      }
    } else if (reading.kind === 'map') {
      for (const name of Object.keys(reading.map)) {
        collectTexts(reading.scope.readings(reading.map[name]), [...path, name], depth + 1, found);
      }
    }
  }
}

/** No template nests properties deeper; a search ends there. */
const DEEPEST = 60;

function isCall(raw: unknown): boolean {
  const call = functionCall(raw);
  return call !== undefined && call.name !== 'Condition';
}
