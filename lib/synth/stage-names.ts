import { type CfnElement, type CfnStack, Stack } from 'aws-cdk-lib/core';
import { displayText, literalOf, type PolicyText, text, textKey } from '../policy/document/text';
import { cfnText, type NameScope } from './cfn-text';
import { pseudoParameter } from './pseudo-parameters';
import type { IndexedResource, Json } from './stage-index';
import { attributeText, pathsIn } from './token-text';

/** A value of a template that other places read: an output, an export, a parameter's default, a stored parameter. */
interface Output {
  readonly value: unknown;
  readonly stack: Stack;
}

/** What the names in the templates of one Stage stand for: logical ids, parameters, mappings, outputs and exports. */
export class StageNames {
  private readonly byPath = new Map<string, IndexedResource>();
  private readonly paths = new Map<Stack, Map<string, string>>();
  private readonly mappings = new Map<Stack, Map<string, unknown>>();
  private readonly outputs = new Map<Stack, Map<string, Output>>();
  private readonly exports = new Map<string, Output>();
  private readonly exported: { readonly name: unknown; readonly output: Output }[] = [];
  private readonly exchanged = new Map<string, Output>();
  private readonly stored = new Map<string, Output>();
  private readonly defaults = new Map<string, Output>();
  private readonly nested = new Map<string, Stack>();
  private readonly stacks = new Map<string, Set<Stack>>();

  /** The resource at a construct path. */
  public at(path: string): IndexedResource | undefined {
    return this.byPath.get(path);
  }

  /** Whether the resource at a path is a nested stack whose template is read too. */
  public isNestedStack(path: string): boolean {
    return this.nested.has(path);
  }

  /** Takes in the names that one element of a template defines. */
  public read(element: CfnElement, fragment: Json, resources: readonly IndexedResource[]): void {
    const stack = Stack.of(element);
    entryOf(this.stacks, stack.stackName, () => new Set()).add(stack);
    if (stack.nestedStackResource) {
      this.nested.set(stack.nestedStackResource.node.path, stack);
    }
    const paths = entryOf(this.paths, stack, () => new Map());
    for (const resource of resources) {
      this.byPath.set(resource.path, resource);
      paths.set(resource.logicalId, resource.path);
    }
    for (const [name, parameter] of sectionOf(fragment, 'Parameters')) {
      paths.set(name, element.node.path);
      const { Type: type, Default: value } = parameter as Json;
      if (value !== undefined) {
        const isStored = String(type).startsWith('AWS::SSM::Parameter::Value');
        this.defaults.set(element.node.path, { value: isStored ? `{{resolve:ssm:${String(value)}}}` : value, stack });
      }
    }
    for (const [name, content] of sectionOf(fragment, 'Mappings')) {
      entryOf(this.mappings, stack, () => new Map()).set(name, content);
    }
    for (const [name, definition] of sectionOf(fragment, 'Outputs')) {
      const { Value: value, Export: exported } = definition as Json;
      const output = { value, stack };
      entryOf(this.outputs, stack, () => new Map()).set(name, output);
      if (exported !== undefined) {
        this.exported.push({ name: (exported as Json).Name, output });
      }
    }
  }

  /** To be called when all elements are read: what one template leaves for another, by export or parameter store. */
  public connect(): void {
    for (const { name, output } of this.exported) {
      this.exports.set(textKey(this.text(name, output.stack)), output);
    }
    for (const { type, stack, properties, path } of this.byPath.values()) {
      if (type === 'Custom::CrossRegionExportWriter') {
        for (const [name, value] of sectionOf((properties.WriterProps ?? {}) as Json, 'exports')) {
          this.exchanged.set(name, { value, stack });
        }
      }
      if (type === 'AWS::SSM::Parameter') {
        const names = [attributeText(path, 'Ref'), this.text(properties.Name ?? '', stack)];
        for (const name of names) {
          this.stored.set(displayText(name), { value: properties.Value, stack });
        }
      }
    }
  }

  /** A value that stands in a template of `stack`, with references followed to what they name. */
  public text(value: unknown, stack: Stack): PolicyText {
    return cfnText(value, this.scope(stack));
  }

  /** How names are looked up from inside `stack`. */
  public scope(stack: Stack): NameScope {
    return {
      ref: (name) => this.ref(name, stack),
      attribute: (logicalId, attribute) => this.attribute(logicalId, attribute, stack),
      importValue: (name) =>
        this.outputText(this.exports.get(textKey(name))) ?? text({ atom: `Fn::ImportValue(${JSON.stringify(name)})` }),
      stackOutput: (stackName, outputName) => {
        const outputs = [...(this.stacks.get(literalOf(stackName) ?? '') ?? [])].map((producer) =>
          this.outputs.get(producer)?.get(literalOf(outputName) ?? ''),
        );
        return this.outputText(outputs.find((output) => output !== undefined));
      },
      mapping: (name) => this.mappings.get(stack)?.get(name),
    };
  }

  /**
   * The texts that a value may turn out to be, as far as the templates tell: itself, and what its parameters have as
   * defaults and its dynamic references find in the parameter store.
   */
  public readings(value: PolicyText): PolicyText[] {
    const found = new Map<string, PolicyText>();
    const waiting = [value];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (!found.has(textKey(next))) {
        found.set(textKey(next), next);
        const paths = next.flatMap((part) => (typeof part === 'string' ? [] : pathsIn(part.atom)));
        const outputs = [
          ...paths.map((path) => this.defaults.get(path)),
          ...storedNames(displayText(next)).map((name) => this.stored.get(name)),
        ];
        waiting.push(...outputs.map((output) => this.outputText(output)).filter((reading) => reading !== undefined));
      }
    }
    return [...found.values()];
  }

  private outputText(output: Output | undefined): PolicyText | undefined {
    return output && this.text(output.value, output.stack);
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
    const nested = this.nested.get(path);
    const output =
      nested && attribute.startsWith('Outputs.')
        ? this.outputs.get(nested)?.get(attribute.slice('Outputs.'.length))
        : this.byPath.get(path)?.type === 'Custom::CrossRegionExportReader'
          ? this.exchanged.get(attribute)
          : undefined;
    return this.outputText(output) ?? attributeText(path, attribute);
  }

  private pathOf(logicalId: string, stack: Stack): string {
    return this.paths.get(stack)?.get(logicalId) ?? `${stack.node.path}#${logicalId}`;
  }
}

/** The names of the stored parameters that a text has dynamic references to. */
function storedNames(shown: string): string[] {
  return [...shown.matchAll(/\{\{resolve:ssm:(.+?)(?::\d+)?\}\}/g)].map((match) => match[1] ?? '');
}

function sectionOf(fragment: Json, section: string): [string, unknown][] {
  return Object.entries((fragment[section] ?? {}) as Json);
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const entry = map.get(key) ?? create();
  map.set(key, entry);
  return entry;
}
