import { CfnElement, CfnResource, type CfnStack, Stack, Stage } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { type PolicyText, text, textKey } from '../policy/document/text';
import { cfnText, intrinsic, type NameScope } from './cfn-text';
import { pseudoParameter } from './pseudo-parameters';
import { attributeText } from './token-text';

type Json = Record<string, unknown>;

/** A resource as it will stand in its template. */
export interface IndexedResource {
  /** Construct path; for a resource of an included template, the include's stack path, `#` and the logical id. */
  readonly path: string;
  readonly logicalId: string;
  readonly type: string;
  readonly stack: Stack;
  readonly element: CfnElement;
  readonly properties: Json;
}

interface Output {
  readonly value: unknown;
  readonly stack: Stack;
}

/**
 * Every resource of one Stage as it will be rendered, with the names that connect them resolved.
 *
 * It is read after CDK has prepared the app, so property overrides, Aspects and cross-stack exports are all in it.
 * Resources of other Stages, and what an `AWS::Include` transform brings in at deployment, are not.
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

  public readonly resources: readonly IndexedResource[];
  private readonly readers = new WeakSet<IConstruct>();
  private readonly byPath = new Map<string, IndexedResource>();
  private readonly paths = new Map<Stack, Map<string, string>>();
  private readonly outputs = new Map<Stack, Map<string, Output>>();
  private readonly exports = new Map<string, Output>();
  private readonly nestedStacks = new Map<string, Stack>();
  private mentions?: Map<string, Set<IndexedResource>>;
  private rendered?: string[];

  private constructor(root: IConstruct) {
    const resources: IndexedResource[] = [];
    const exported: { readonly name: unknown; readonly output: Output }[] = [];
    for (const element of elementsOf(root)) {
      const stack = Stack.of(element);
      const fragment = stack.resolve(element._toCloudFormation()) as Json;
      for (const [logicalId, resource] of Object.entries((fragment.Resources ?? {}) as Record<string, Json>)) {
        const path = CfnResource.isCfnResource(element) ? element.node.path : `${stack.node.path}#${logicalId}`;
        const indexed: IndexedResource = {
          path,
          logicalId,
          type: String(resource.Type),
          stack,
          element,
          properties: (resource.Properties ?? {}) as Json,
        };
        resources.push(indexed);
        this.byPath.set(path, indexed);
        entryOf(this.paths, stack).set(logicalId, path);
      }
      for (const name of Object.keys((fragment.Parameters ?? {}) as Json)) {
        entryOf(this.paths, stack).set(name, element.node.path);
      }
      for (const [name, output] of Object.entries((fragment.Outputs ?? {}) as Record<string, Json>)) {
        const entry = { value: output.Value, stack };
        entryOf(this.outputs, stack).set(name, entry);
        const exportName = (output.Export as Json | undefined)?.Name;
        if (exportName !== undefined) {
          exported.push({ name: exportName, output: entry });
        }
      }
      if (stack.nestedStackResource) {
        this.nestedStacks.set(stack.nestedStackResource.node.path, stack);
      }
    }
    this.resources = resources;
    for (const { name, output } of exported) {
      this.exports.set(textKey(this.text(name, output.stack)), output);
    }
  }

  /** A value that stands in a template of `stack`, with references followed to what they name. */
  public text(value: unknown, stack: Stack): PolicyText {
    return cfnText(value, this.names(stack));
  }

  /** How logical ids, parameters and exports are looked up from inside `stack`. */
  public names(stack: Stack): NameScope {
    return {
      ref: (name) => this.ref(name, stack),
      attribute: (logicalId, attribute) => this.attribute(logicalId, attribute, stack),
      importValue: (exportName) => {
        const output = this.exports.get(textKey(exportName));
        return output
          ? this.text(output.value, output.stack)
          : text({ atom: `Fn::ImportValue(${textKey(exportName)})` });
      },
    };
  }

  /** The resource at a construct path. */
  public at(path: string): IndexedResource | undefined {
    return this.byPath.get(path);
  }

  /** The resource a text names, when the text is one attribute of one resource of this Stage. */
  public resourceOf(value: PolicyText): IndexedResource | undefined {
    const [only] = value;
    if (value.length !== 1 || only === undefined || typeof only === 'string') {
      return undefined;
    }
    const path = /^\{([^{}]*)\}\.[\w.]+$/.exec(only.atom)?.[1];
    return path === undefined ? undefined : this.byPath.get(path);
  }

  /** The resources that mention an attribute of the resource at `path` anywhere in their properties. */
  public mentioning(path: string): Iterable<IndexedResource> {
    this.mentions ??= this.collectMentions();
    return this.mentions.get(path) ?? [];
  }

  /** The resources that hold a literal text anywhere in their properties. */
  public containing(literal: string): IndexedResource[] {
    this.rendered ??= this.resources.map((resource) => JSON.stringify(resource.properties));
    return this.resources.filter((_, position) => this.rendered?.[position]?.includes(literal));
  }

  private ref(name: string, stack: Stack): PolicyText {
    const pseudo = pseudoParameter(name, stack);
    if (pseudo) {
      return pseudo;
    }
    const passed = (stack.nestedStackResource as CfnStack | undefined)?.node.path;
    const parameters = passed === undefined ? undefined : this.byPath.get(passed)?.properties.Parameters;
    if (stack.nestedStackParent && parameters !== undefined && Object.hasOwn(parameters as Json, name)) {
      return this.text((parameters as Json)[name], stack.nestedStackParent);
    }
    return attributeText(this.pathOf(name, stack), 'Ref');
  }

  private attribute(logicalId: string, attribute: string, stack: Stack): PolicyText {
    const path = this.pathOf(logicalId, stack);
    const nested = this.nestedStacks.get(path);
    if (nested && attribute.startsWith('Outputs.')) {
      const output = this.outputs.get(nested)?.get(attribute.slice('Outputs.'.length));
      if (output) {
        return this.text(output.value, output.stack);
      }
    }
    return attributeText(path, attribute);
  }

  private pathOf(logicalId: string, stack: Stack): string {
    return this.paths.get(stack)?.get(logicalId) ?? `${stack.node.path}#${logicalId}`;
  }

  private collectMentions(): Map<string, Set<IndexedResource>> {
    const mentions = new Map<string, Set<IndexedResource>>();
    for (const resource of this.resources) {
      for (const value of textsIn(resource.properties, this.names(resource.stack))) {
        for (const piece of value) {
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
    }
    return mentions;
  }
}

/** The construct paths that an atom speaks of: its own, and those of the names inside an expression. */
function pathsIn(atom: string): string[] {
  return [...atom.matchAll(/\{([^{}"]+)\}\./g)].map((match) => match[1] ?? '');
}

/** Every intrinsic value inside `value`, as a text. */
function* textsIn(value: unknown, names: NameScope): Generator<PolicyText> {
  if (intrinsic(value)) {
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

function entryOf<Value>(map: Map<Stack, Map<string, Value>>, stack: Stack): Map<string, Value> {
  let entry = map.get(stack);
  if (!entry) {
    entry = new Map();
    map.set(stack, entry);
  }
  return entry;
}
