import { literalOf } from '../../policy/document/text';
import type { AppTemplate } from './app-template';
import { type Json, objectOf, plainText } from './json';
import { Value, type ValueScope } from './value';

/** A resource of a template of the app. */
export class AppResource {
  /** The name of its template: unique in the app together with the logical id. */
  public readonly stack: string;
  /** `{stack#LogicalId}`: begins the identity of every atom that stands for one of its attributes. */
  public readonly key: string;
  public readonly type: string;
  public readonly constructPath?: string;
  /** Its properties, as they stand in the template. */
  public readonly properties: Value;
  public readonly metadata: Json;
  /** The condition of its template under which alone it is made. */
  public readonly condition?: string;
  private knownTags?: readonly [name: string, value: Value][];

  public constructor(
    public readonly template: AppTemplate,
    public readonly logicalId: string,
    definition: Json,
    /** Reads values of its template. */
    public readonly scope: ValueScope,
    /** The logical id that stands in the template, for what SAM makes of a resource at deployment. */
    public readonly writtenAs?: string,
  ) {
    this.stack = template.name;
    this.key = `{${template.name}#${logicalId}}`;
    this.type = typeof definition.Type === 'string' ? definition.Type : '';
    this.metadata = objectOf(definition.Metadata);
    const told = template.constructPaths?.get(logicalId) ?? this.metadata['aws:cdk:path'];
    if (typeof told === 'string') {
      this.constructPath = told;
    }
    if (definition.Condition !== undefined) {
      this.condition = plainText(definition.Condition);
    }
    this.properties = Value.of(definition.Properties ?? {}, scope);
  }

  /** The property at a path. */
  public get(...path: readonly string[]): Value {
    return this.properties.get(...path);
  }

  /** What the resource is called in messages: its construct path where it has one. */
  public get title(): string {
    return this.constructPath ?? this.logicalId;
  }

  /** Whether only one of the two is ever made: the condition of one is the negation of the other's. */
  public isInsteadOf(other: AppResource): boolean {
    const { condition: own } = this;
    const { condition: others } = other;
    if (this.template !== other.template || own === undefined || others === undefined) {
      return false;
    }
    const conditions = objectOf(objectOf(this.template.body).Conditions);
    return negates(conditions, own, others) || negates(conditions, others, own);
  }

  /** The values of a tag, whose name is compared without case; [] without the tag. Names and values as rendered. */
  public tag(name: string): string[] {
    return this.tags()
      .filter(([key]) => key.toLowerCase() === name.toLowerCase())
      .flatMap(([, value]) => value.literals());
  }

  /** Whether it has a tag of this name, known value or not. */
  public hasTag(name: string): boolean {
    return this.tags().some(([key]) => key.toLowerCase() === name.toLowerCase());
  }

  /** Whether it has a tag of this name, with a value, whatever happens at deployment, or only in some branches. */
  public tagPresence(name: string): 'always' | 'sometimes' | 'never' {
    if (!this.tags().some(([key, value]) => isNamed(key, name) && isFilled(value))) {
      return 'never';
    }
    const always = TAG_PROPERTIES.some((property) =>
      this.get(property).readings.every((reading) =>
        reading.kind === 'list'
          ? reading.items.some((item) => isTagInEveryBranch(Value.of(item, reading.scope), name))
          : reading.kind === 'map' &&
            new Value([reading]).entries().some(([key, value]) => isNamed(key, name) && value.presence === 'always'),
      ),
    );
    return always ? 'always' : 'sometimes';
  }

  /** Its tags: a list of `Key` and `Value`, or a map, as its type takes them. */
  public tags(): readonly [name: string, value: Value][] {
    this.knownTags ??= TAG_PROPERTIES.flatMap((property) => {
      const tags = this.get(property);
      const listed = tags.readings.some(({ kind }) => kind === 'list');
      if (!listed) {
        return tags.entries();
      }
      return tags.items().flatMap((tag): [string, Value][] =>
        tag
          .get('Key')
          .literals()
          .map((key) => [key, tag.get('Value')]),
      );
    });
    return this.knownTags;
  }
}

/** Whether one condition is `Fn::Not` of another, which it names or repeats. */
function negates(conditions: Json, one: string, other: string): boolean {
  const { 'Fn::Not': negated } = objectOf(conditions[one]);
  const [inner, ...more] = Array.isArray(negated) ? negated : [];
  const isSame =
    objectOf(inner).Condition === other || JSON.stringify(inner) === JSON.stringify(conditions[other] ?? null);
  return inner !== undefined && more.length === 0 && isSame;
}

const TAG_PROPERTIES = ['Tags', 'TagsMap', 'HostedZoneTags', 'FileSystemTags', 'UserPoolTags'];

function isNamed(key: string, name: string): boolean {
  return key.toLowerCase() === name.toLowerCase();
}

function isFilled(value: Value): boolean {
  return value.texts().some((text) => literalOf(text)?.trim() !== '');
}

/** Whether an item of a list of tags is the tag, or tags with it among them, in all branches. */
function isTagInEveryBranch(item: Value, name: string): boolean {
  return item.readings.every((reading) =>
    reading.kind === 'list'
      ? reading.items.some((inner) => isTagInEveryBranch(Value.of(inner, reading.scope), name))
      : new Value([reading])
          .get('Key')
          .literals()
          .some((key) => isNamed(key, name)) && new Value([reading]).get('Value').presence === 'always',
  );
}
