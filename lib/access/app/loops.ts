import type { AppTemplate } from './app-template';
import { type Json, objectOf, plainText } from './json';
import { keyInside } from './key-inside';

/** How loops begin. Behind it stands a name, which nothing refers to. */
const LOOP = 'Fn::ForEach';

/** CloudFormation takes no more resources in a template, and no more keys of anything should come of a loop. */
const MOST_ITEMS = 500;
const MOST_MADE = 5_000;
/** Templates nest no deeper than this. */
const DEEPEST = 60;

/** The values of the identifiers of the loops around a part of a template. */
type Items = ReadonlyMap<string, string>;

/** A loop that cannot be written out: it stays as it is. */
const OPEN = Symbol('open loop');

/**
 * A template with its loops written out, as the transform `AWS::LanguageExtensions` does at deployment. A loop over what
 * the template does not tell stays where it is, and so does one of which too much would come. Never throws.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function withoutLoops(template: AppTemplate): AppTemplate {
  const body = objectOf(template.body);
  if (template.callsMacros === false || keyInside([body.Resources, body.Outputs], isLoop) === undefined) {
    return template;
  }
  const writer = new LoopWriter(body);
  const written = (part: unknown): unknown => writer.written(part, new Map(), 0);
  return {
    ...template,
    body: {
      ...body,
      ...(body.Resources === undefined ? {} : { Resources: written(body.Resources) }),
      ...(body.Outputs === undefined ? {} : { Outputs: written(body.Outputs) }),
    },
  };
}

/** Whether a key of a raw value begins a loop. */
export function isLoop(key: string): boolean {
  return key.startsWith(LOOP);
}

class LoopWriter {
  private made = 0;

  public constructor(private readonly body: Json) {}

  /** A part of the template with the loops in it written out, and the identifiers around it replaced. */
  public written(value: unknown, items: Items, depth: number): unknown {
    if (typeof value === 'string') {
      return replaced(value, items);
    }
    if (typeof value !== 'object' || value === null || depth > DEEPEST) {
      return value;
    }
    if (Array.isArray(value)) {
      return value.map((item) => this.written(item, items, depth + 1));
    }
    const { Ref: named, ...others } = value as Json;
    const item = typeof named === 'string' && Object.keys(others).length === 0 ? items.get(named) : undefined;
    if (item !== undefined) {
      return item;
    }
    const parts: [string, unknown][] = [];
    for (const [name, part] of Object.entries(value)) {
      const loop = isLoop(name) ? this.unrolled(part, items, depth) : OPEN;
      if (loop === OPEN) {
        parts.push([replaced(name, items), this.written(part, items, depth + 1)]);
      } else {
        parts.push(...loop);
      }
    }
    return Object.fromEntries(parts);
  }

  private unrolled(loop: unknown, items: Items, depth: number): [string, unknown][] | typeof OPEN {
    const [identifier, collection, fragment, ...more]: readonly unknown[] = Array.isArray(loop) ? loop : [];
    const values = this.collected(collection, items);
    const keys = Object.keys(objectOf(fragment));
    if (typeof identifier !== 'string' || values === undefined || keys.length === 0 || more.length > 0) {
      return OPEN;
    }
    // CloudFormation refuses keys without the identifier: they would all be one.
    const isTold = (key: string): boolean => isLoop(key) || replaced(key, new Map([[identifier, '']])) !== key;
    if (!keys.every(isTold)) {
      return OPEN;
    }
    this.made += values.length * keys.length;
    if (values.length > MOST_ITEMS || this.made > MOST_MADE) {
      return OPEN;
    }
    return values.flatMap((value) =>
      Object.entries(objectOf(this.written(fragment, new Map([...items, [identifier, value]]), depth + 1))),
    );
  }

  /** What a loop runs over: a list, the default of a list parameter, or a list in a mapping. */
  private collected(collection: unknown, items: Items): string[] | undefined {
    const { Ref: parameter, 'Fn::FindInMap': found } = objectOf(collection);
    if (typeof parameter === 'string') {
      const { Type: type, Default: fallback } = objectOf(objectOf(this.body.Parameters)[parameter]);
      return type === 'CommaDelimitedList' && typeof fallback === 'string'
        ? fallback.split(',').map((item) => item.trim())
        : undefined;
    }
    const list = Array.isArray(found) ? this.mapped(found, items) : collection;
    const texts = Array.isArray(list)
      ? list.map((item: unknown) => {
          const { Ref: outer } = objectOf(item);
          return typeof outer === 'string' ? (items.get(outer) ?? '') : replaced(plainText(item), items);
        })
      : [''];
    return texts.includes('') ? undefined : texts;
  }

  private mapped(keys: readonly unknown[], items: Items): unknown {
    return keys.reduce<unknown>((level, key) => {
      const { Ref: outer } = objectOf(key);
      const name =
        typeof outer === 'string' ? items.get(outer) : typeof key === 'string' ? replaced(key, items) : undefined;
      return name !== undefined && Object.hasOwn(objectOf(level), name) ? objectOf(level)[name] : undefined;
    }, objectOf(this.body.Mappings));
  }
}

/** A text with the identifiers in it replaced: `${Name}` by the item, `&{Name}` by its letters and digits. */
function replaced(text: string, items: Items): string {
  return items.size === 0 || !text.includes('{')
    ? text
    : text.replace(/([$&])\{([^{}]*)\}/g, (whole, sign: string, name: string) => {
        const item = items.get(name.trim());
        return item === undefined ? whole : sign === '&' ? item.replace(/[^A-Za-z0-9]/g, '') : item;
      });
}
