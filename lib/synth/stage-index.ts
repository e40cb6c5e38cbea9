import { CfnElement, CfnResource, Stack, Stage } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { displayText, type PolicyText } from '../policy/document/text';
import { cfnText, intrinsic, type NameScope } from './cfn-text';
import { StageNames } from './stage-names';
import { attributeOf, pathsIn } from './token-text';

/** A rendered CloudFormation structure. */
export type Json = Record<string, unknown>;

/** A resource as it will stand in its template. */
export interface IndexedResource {
  /** Construct path; for a resource of a template taken in as it is, its stack's path, `#` and the logical id. */
  readonly path: string;
  readonly logicalId: string;
  readonly type: string;
  readonly stack: Stack;
  readonly element: CfnElement;
  readonly properties: Json;
  /** Whether CloudFormation leaves it in the account when it drops out of the template or is replaced. */
  readonly retained: boolean;
}

/** A transform of a template, which may change at deployment what stands in it. */
export interface Transform {
  /** Where it is asked for: the path of a stack or of a resource. */
  readonly path: string;
  readonly name: string;
}

/**
 * Every resource of one Stage as it will be rendered, with the names that connect them resolved.
 *
 * It is read after CDK has prepared the app, so property overrides, Aspects and cross-stack exports are all in it.
 * Resources of other Stages, and what a transform (a macro, `AWS::Include`) brings in at deployment, are not.
 */
export class StageIndex {
  private static readonly current = new WeakMap<Stage, StageIndex>();

  /**
   * The index of the Stage that `reader` is in.
   *
   * It is built once for all readers of a validation pass; a reader that asks a second time starts a new pass.
   */
  public static of(reader: IConstruct): StageIndex {
    const stage = Stage.of(reader);
    if (!stage) {
      return new StageIndex(reader.node.root);
    }
    let index = StageIndex.current.get(stage);
    if (!index || index.readers.has(reader)) {
      index = new StageIndex(stage);
      StageIndex.current.set(stage, index);
    }
    index.readers.add(reader);
    return index;
  }

  /** An index for a reader outside of a validation pass: the tree as it stands now. */
  public static now(reader: IConstruct): StageIndex {
    return new StageIndex(Stage.of(reader) ?? reader.node.root);
  }

  public readonly resources: readonly IndexedResource[];
  /** What may change the templates after this index was made. */
  public readonly transforms: readonly Transform[];
  private readonly stageNames = new StageNames();
  private readonly readers = new WeakSet<IConstruct>();
  private mentions?: Map<string, Set<IndexedResource>>;
  private shown?: readonly string[];
  private conditional?: readonly IndexedResource[];

  private constructor(root: IConstruct) {
    const resources: IndexedResource[] = [];
    const transforms = new Map<string, Transform>();
    for (const element of elementsOf(root)) {
      const stack = Stack.of(element);
      const fragment = stack.resolve(element._toCloudFormation()) as Json;
      const found = Object.entries((fragment.Resources ?? {}) as Json).map(([logicalId, definition]) =>
        indexed(element, stack, logicalId, definition),
      );
      resources.push(...found);
      this.stageNames.read(element, fragment, found);
      for (const name of [fragment.Transform ?? [], stack.templateOptions.transforms ?? []].flat()) {
        transforms.set(`${stack.node.path}|${String(name)}`, { path: stack.node.path, name: String(name) });
      }
    }
    this.stageNames.connect();
    this.resources = resources;
    this.transforms = [...transforms.values(), ...resources.flatMap(transformsIn)];
  }

  /** A value that stands in a template of `stack`, with references followed to what they name. */
  public text(value: unknown, stack: Stack): PolicyText {
    return this.stageNames.text(value, stack);
  }

  /** How logical ids, parameters and exports are looked up from inside `stack`. */
  public names(stack: Stack): NameScope {
    return this.stageNames.scope(stack);
  }

  /** The texts that a value may turn out to be: itself, and what its parameters and dynamic references tell. */
  public readings(value: PolicyText): PolicyText[] {
    return this.stageNames.readings(value);
  }

  /** The resource at a construct path. */
  public at(path: string): IndexedResource | undefined {
    return this.stageNames.at(path);
  }

  /** The resource a text names, when the text is one attribute of one resource of this Stage. */
  public resourceOf(value: PolicyText): IndexedResource | undefined {
    const [only] = value;
    if (value.length !== 1 || only === undefined || typeof only === 'string') {
      return undefined;
    }
    const path = attributeOf(only.atom)?.path;
    return path === undefined ? undefined : this.at(path);
  }

  /** Whether the resource at a path is a nested stack whose template is part of this index. */
  public isNestedStack(path: string): boolean {
    return this.stageNames.isNestedStack(path);
  }

  /** The resources that mention an attribute of the resource at `path` anywhere in their properties. */
  public mentioning(path: string): Iterable<IndexedResource> {
    this.mentions ??= this.collectMentions();
    return this.mentions.get(path) ?? [];
  }

  /** The resources that hold a literal text anywhere in their properties, or in what these refer to. */
  public containing(literal: string): IndexedResource[] {
    return this.resources.filter((_, position) => this.haystacks[position]?.includes(literal));
  }

  /** The resources whose policies ask for the ARN or the tags of whoever calls. */
  public aboutCallers(): readonly IndexedResource[] {
    this.conditional ??= this.resources.filter((_, position) =>
      /aws:principal(arn|tag)/i.test(this.haystacks[position] ?? ''),
    );
    return this.conditional;
  }

  private get haystacks(): readonly string[] {
    this.shown ??= this.resources.map((resource) =>
      [JSON.stringify(resource.properties), ...this.readingsIn(resource).map(displayText)].join('\n'),
    );
    return this.shown;
  }

  private collectMentions(): Map<string, Set<IndexedResource>> {
    const mentions = new Map<string, Set<IndexedResource>>();
    for (const resource of this.resources) {
      for (const piece of this.readingsIn(resource).flat()) {
        for (const path of typeof piece === 'string' ? [] : pathsIn(piece.atom)) {
          const found = mentions.get(path);
          if (found) {
            found.add(resource);
          } else {
            mentions.set(path, new Set([resource]));
          }
        }
      }
    }
    return mentions;
  }

  private readingsIn({ properties, stack }: IndexedResource): PolicyText[] {
    return [...textsIn(properties, this.names(stack))].flatMap((value) => this.readings(value));
  }
}

/** Every intrinsic value inside `value`, and every text with a dynamic reference, as a text. */
function* textsIn(value: unknown, names: NameScope): Generator<PolicyText> {
  if (intrinsic(value) || (typeof value === 'string' && value.includes('{{resolve:'))) {
    yield cfnText(value, names);
  } else if (Array.isArray(value)) {
    for (const item of value) {
      yield* textsIn(item, names);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) {
      yield* textsIn(item, names);
    }
  }
}

function indexed(element: CfnElement, stack: Stack, logicalId: string, definition: unknown): IndexedResource {
  const isResource = typeof definition === 'object' && definition !== null && 'Type' in definition;
  const resource = (isResource ? definition : {}) as Json;
  return {
    path: CfnResource.isCfnResource(element) ? element.node.path : `${stack.node.path}#${logicalId}`,
    logicalId,
    // A loop (`Fn::ForEach`) stands for resources that are only made at deployment: all of it is taken as properties.
    type: isResource ? String(resource.Type) : logicalId,
    stack,
    element,
    properties: (isResource ? (resource.Properties ?? {}) : { [logicalId]: definition }) as Json,
    retained: [resource.DeletionPolicy, resource.UpdateReplacePolicy].some(
      (policy) => policy !== undefined && policy !== 'Delete',
    ),
  };
}

function transformsIn({ path, properties }: IndexedResource): Transform[] {
  const found: Transform[] = [];
  const search = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) {
      if ('Fn::Transform' in value) {
        found.push({ path, name: String((value['Fn::Transform'] as Json | undefined)?.Name) });
      }
      Object.values(value).forEach(search);
    }
  };
  search(properties);
  return found;
}

/** The elements of a Stage's templates, without those of the Stages inside it. */
function* elementsOf(construct: IConstruct): Generator<CfnElement> {
  if (CfnElement.isCfnElement(construct)) {
    yield construct;
  }
  for (const child of construct.node.children) {
    if (!Stage.isStage(child)) {
      yield* elementsOf(child);
    }
  }
}
