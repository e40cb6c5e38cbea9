import { type Atom, distinctTexts, literalOf, type PolicyText, text, textKey } from '../../policy/document/text';
import { attributeName, functionCall, substitutions } from '../template';
import { type Json, objectOf } from './json';
import type { Reading, ValueScope } from './value';

/** How names are looked up from inside one template. Each answers undefined for a name it does not know. */
export interface TemplateScope {
  ref(name: string): readonly Reading[] | undefined;
  attribute(logicalId: string, attribute: string): readonly Reading[] | undefined;
  importValue(exportName: PolicyText): readonly Reading[] | undefined;
  /** An output of another stack, in the given region or in the template's own. */
  stackOutput(stack: string, output: string, region: string | undefined): readonly Reading[] | undefined;
  readonly mappings: Json;
}

/** More readings of one value are not told apart: the value is one atom then, and counts as unknown. */
const MOST = 64;
/** Functions inside functions beyond this depth are not followed. */
const DEEPEST = 40;

const ABSENT: Reading = { kind: 'absent' };
const NOTHING: readonly Reading[] = [ABSENT];

/** Reads the values of one template, following its functions. Never throws. */
export class TemplateValues implements ValueScope {
  private readonly known = new Map<object, readonly Reading[]>();
  private readonly literals = new Map<string, readonly Reading[]>();
  private readonly ownReference: readonly Reading[];
  private depth = 0;
  private unlike = 0;

  public constructor(
    private readonly name: string,
    private readonly scope: TemplateScope,
  ) {
    this.ownReference = [this.opaque('refers to itself', '')];
  }

  public readings(raw: unknown): readonly Reading[] {
    if (typeof raw === 'string') {
      // The same few words stand in every policy.
      const same = this.literals.get(raw);
      if (same !== undefined) {
        return same;
      }
      const read: readonly Reading[] = [{ kind: 'text', text: text(raw) }];
      this.literals.set(raw, read);
      return read;
    }
    if (typeof raw === 'number' || typeof raw === 'boolean') {
      return [{ kind: 'text', text: text(String(raw)) }];
    }
    if (typeof raw !== 'object' || raw === null) {
      return NOTHING;
    }
    if (Array.isArray(raw)) {
      return [{ kind: 'list', items: raw, scope: this }];
    }
    const call = functionCall(raw);
    if (call === undefined || call.name === 'Condition') {
      return [{ kind: 'map', map: raw as Json, scope: this }];
    }
    const found = this.known.get(raw);
    if (found !== undefined) {
      return found;
    }
    if (this.depth >= DEEPEST) {
      return [this.opaque('nested too deeply', '')];
    }
    // A value that refers to itself, through a parameter or an output, is unknown.
    this.known.set(raw, this.ownReference);
    this.depth += 1;
    const read = bounded(this.call(call.name, call.argument) ?? [this.opaque(call.name, call.argument)], () =>
      this.opaque('has too many readings', raw),
    );
    this.depth -= 1;
    this.known.set(raw, read);
    return read;
  }

  private call(name: string, argument: unknown): readonly Reading[] | undefined {
    switch (name) {
      case 'Ref':
        return typeof argument !== 'string'
          ? undefined
          : argument === 'AWS::NoValue'
            ? [ABSENT]
            : this.scope.ref(argument);
      case 'Fn::GetAtt': {
        const [id, attribute] = Array.isArray(argument) ? argument : [];
        const named = typeof id === 'string' ? this.texts(attribute).flatMap((item) => literalOf(item) ?? []) : [];
        const pair =
          attributeName(argument) ?? (named.length === 1 ? ([id as string, named[0] as string] as const) : undefined);
        return pair && this.scope.attribute(...pair);
      }
      case 'Fn::If': {
        const branches: readonly unknown[] = Array.isArray(argument) ? argument.slice(1, 3) : [];
        return branches.length === 2 ? branches.flatMap((branch) => this.readings(branch)) : undefined;
      }
      case 'Fn::Join':
        return this.join(argument);
      case 'Fn::Sub':
        return this.substitute(argument);
      case 'Fn::FindInMap':
        return this.find(argument);
      case 'Fn::Select':
        return this.select(argument);
      case 'Fn::Split':
        return this.split(argument);
      case 'Fn::ImportValue': {
        const found = this.texts(argument).flatMap((item) => this.scope.importValue(item) ?? []);
        return found.length > 0 ? found : undefined;
      }
      case 'Fn::GetStackOutput': {
        const { StackName: stack, OutputName: output, Region: region } = objectOf(argument);
        const literals = [stack, output, region].map((raw) => {
          const [only, ...more] = this.texts(raw);
          return only === undefined || more.length > 0 ? undefined : literalOf(only);
        });
        const [stackName, outputName, regionName] = literals;
        return stackName === undefined || outputName === undefined
          ? undefined
          : this.scope.stackOutput(stackName, outputName, regionName);
      }
      case 'Fn::ToJsonString':
        return this.readings(argument);
      default:
        return undefined;
    }
  }

  private join(argument: unknown): readonly Reading[] | undefined {
    const [delimiter, list] = Array.isArray(argument) ? argument : [];
    if (typeof delimiter !== 'string') {
      return undefined;
    }
    const lists = Array.isArray(list) ? [list.flatMap((item) => this.flattened(item))] : this.lists(list);
    return lists?.flatMap((items) => {
      const separated = items.flatMap((item, index) => (index === 0 ? [item] : [[text(delimiter)], item]));
      return this.product(separated);
    });
  }

  /** An item of a list as its texts; a function that stands for a list counts as its items. */
  private flattened(item: unknown): PolicyText[][] {
    const readings = this.readings(item);
    if (readings.some(({ kind }) => kind === 'list')) {
      return readings.flatMap((reading) =>
        reading.kind === 'list'
          ? reading.items.map((inner) => this.texts(inner))
          : reading.kind === 'text'
            ? [[reading.text]]
            : [],
      );
    }
    return readings.every(({ kind }) => kind === 'absent') ? [] : [this.texts(item)];
  }

  private lists(list: unknown): PolicyText[][][] | undefined {
    const readings = this.readings(list).filter(({ kind }) => kind === 'list');
    return readings.length === 0
      ? undefined
      : readings.map((reading) =>
          reading.kind === 'list' ? reading.items.flatMap((item) => this.flattened(item)) : [],
        );
  }

  private substitute(argument: unknown): readonly Reading[] | undefined {
    const [template, variables] =
      typeof argument === 'string' ? [argument, {}] : Array.isArray(argument) ? argument : [];
    if (typeof template !== 'string') {
      return undefined;
    }
    const own = objectOf(variables);
    const parts = substitutions(template).map((part): PolicyText[] => {
      if (typeof part === 'string') {
        return [text(part)];
      }
      const { name } = part;
      if (Object.hasOwn(own, name)) {
        return this.texts(own[name]);
      }
      const dot = name.indexOf('.');
      return this.texts(dot < 0 ? { Ref: name } : { 'Fn::GetAtt': [name.slice(0, dot), name.slice(dot + 1)] });
    });
    return this.product(parts);
  }

  /** The values of a mapping: the one that known keys select, else all that unknown keys may select. */
  private find(argument: unknown): readonly Reading[] | undefined {
    const [map, ...keys] = Array.isArray(argument) ? argument : [];
    const fallback = objectOf(keys[2]);
    let level: unknown[] = this.texts(map).flatMap((name) => {
      const known = literalOf(name);
      return known === undefined ? Object.values(this.scope.mappings) : [this.scope.mappings[known]];
    });
    for (const key of keys.slice(0, 2)) {
      const names = this.texts(key).map((name) => literalOf(name));
      level = level.flatMap((entry) =>
        names.flatMap((name) =>
          name === undefined
            ? Object.values(objectOf(entry))
            : Object.hasOwn(objectOf(entry), name)
              ? [objectOf(entry)[name]]
              : [],
        ),
      );
    }
    if (Object.hasOwn(fallback, 'DefaultValue')) {
      level.push(fallback.DefaultValue);
    }
    return level.length === 0 ? undefined : level.flatMap((entry) => this.readings(entry));
  }

  private select(argument: unknown): readonly Reading[] | undefined {
    const [index, list] = Array.isArray(argument) ? argument : [];
    const at = this.texts(index).map((item) => Number(literalOf(item)));
    const found = this.readings(list).flatMap((reading) =>
      reading.kind === 'list'
        ? at.flatMap((position) => (position in reading.items ? this.within(reading, position) : []))
        : [],
    );
    return found.length === 0 ? undefined : found;
  }

  private within(reading: Reading & { kind: 'list' }, position: number): readonly Reading[] {
    return reading.scope.readings(reading.items[position]);
  }

  /** The pieces of a text. An atom may hold the delimiter, so nothing behind one has a known place. */
  private split(argument: unknown): readonly Reading[] | undefined {
    const [delimiter, source] = Array.isArray(argument) ? argument : [];
    if (typeof delimiter !== 'string' || delimiter === '') {
      return undefined;
    }
    return this.texts(source).map((whole): Reading => {
      const pieces: unknown[] = [];
      let open: (string | Atom)[] = [];
      for (const part of whole) {
        if (typeof part === 'string') {
          const [first = '', ...others] = part.split(delimiter);
          open.push(first);
          for (const other of others) {
            pieces.push(asRaw(text(...open)));
            open = [other];
          }
        } else {
          const inner = splitAtom(part, delimiter);
          if (inner === undefined) {
            open.push(part);
          } else {
            const [first, ...others] = inner;
            open.push(...(first ?? []));
            for (const other of others) {
              pieces.push(asRaw(text(...open)));
              open = [...other];
            }
          }
        }
      }
      pieces.push(asRaw(text(...open)));
      return { kind: 'list', items: pieces, scope: TEXTS };
    });
  }

  /** The texts of a value; what is no text is one atom. */
  private texts(raw: unknown): PolicyText[] {
    return this.readings(raw).flatMap((reading) =>
      reading.kind === 'text' ? [reading.text] : reading.kind === 'absent' ? [] : [this.opaque('structure', raw).text],
    );
  }

  private product(parts: readonly (readonly PolicyText[])[]): readonly Reading[] {
    if (parts.every((alternatives) => alternatives.length === 1)) {
      return [{ kind: 'text', text: text(...parts.flat()) }];
    }
    let texts: PolicyText[] = [text()];
    for (const alternatives of parts) {
      if (texts.length * alternatives.length > MOST) {
        return [this.opaque('has too many readings', parts)];
      }
      texts = texts.flatMap((before) => alternatives.map((next) => text(before, next)));
    }
    return distinctTexts(texts).map((found) => ({ kind: 'text', text: found }));
  }

  /** What is known of a value that is not followed: that equal expressions of one template are equal. */
  private opaque(name: string, argument: unknown): Reading & { kind: 'text' } {
    return {
      kind: 'text',
      text: text({ atom: `${name} ${expressionKey(argument) ?? `#${this.unlike++}`} in ${this.name}` }),
    };
  }
}

/** Items that are texts already. */
const TEXTS: ValueScope = {
  readings: (raw) => [{ kind: 'text', text: raw as PolicyText }],
};

function asRaw(piece: PolicyText): unknown {
  return piece;
}

/**
 * An ARN of a role or of another named resource, taken apart as `Fn::Split` would. CDK finds the name of a role in an
 * ARN that is a token at the colons first, and at the slash of the sixth part then.
 */
function splitAtom({ atom }: Atom, delimiter: string): PolicyText[] | undefined {
  const resource = /^\{(.+)\}\.Arn( from its resource)?$/.exec(atom)?.[1];
  if (resource === undefined) {
    return undefined;
  }
  if (delimiter === ':') {
    const before = ['prefix', 'partition', 'service', 'region', 'account'].map((part) => `${atom}, its ${part}`);
    return [...before, `{${resource}}.Arn from its resource`].map((part) => text({ atom: part }));
  }
  return ['/', 'role/', ':role/'].includes(delimiter)
    ? [text({ atom: `${atom} up to its name` }), text({ atom: `{${resource}}.Ref` })]
    : undefined;
}

function bounded(readings: readonly Reading[], unknown: () => Reading): readonly Reading[] {
  if (readings.length === 1) {
    return readings;
  }
  const texts = new Set<string>();
  const kept = readings.filter((reading) => {
    const key = reading.kind === 'text' ? textKey(reading.text) : reading.kind === 'absent' ? '' : undefined;
    if (key === undefined) {
      return true;
    }
    const isNew = !texts.has(key);
    texts.add(key);
    return isNew;
  });
  return kept.length > MOST ? [unknown()] : kept.length === 0 ? [{ kind: 'absent' }] : kept;
}

/** Expressions with more parts than this are not compared with others: each is a value of its own. */
const MOST_PARTS = 500;

/** A text that two values share only when they are the same expression; undefined for one with too many parts. */
function expressionKey(value: unknown): string | undefined {
  let parts = 0;
  const write = (part: unknown): string => {
    parts += 1;
    if (parts > MOST_PARTS) {
      return '';
    }
    if (Array.isArray(part)) {
      return `[${part.slice(0, MOST_PARTS).map(write).join(',')}]`;
    }
    if (typeof part !== 'object' || part === null) {
      return JSON.stringify(part) ?? 'undefined';
    }
    const keys = Object.keys(part).slice(0, MOST_PARTS);
    return `{${keys.map((key) => `${JSON.stringify(key)}:${write((part as Json)[key])}`).join(',')}}`;
  };
  const written = write(value);
  return parts > MOST_PARTS ? undefined : written;
}
