import { literalOf, type PolicyText, text, textKey } from '../../policy/document/text';
import { partitionOfRegion } from '../template';
import { AppResource } from './app-resource';
import type { AppTemplate } from './app-template';
import { isNamedAfterStack, mayImport, nameInStack } from './export-names';
import { type Json, objectOf, plainText } from './json';
import { parsedJson } from './json-text';
import { isArnAttribute, refIsArn } from './resource-arns';
import { withSamResources } from './sam-resources';
import { TemplateValues } from './template-values';
import type { Reading } from './value';

/** One template with its names. */
interface Side {
  readonly template: AppTemplate;
  /** As the app says it, else as the file is named. */
  readonly stackName: string;
  readonly values: TemplateValues;
  readonly parameters: Json;
  readonly resources: Json;
  /** Where those stand that SAM makes, by logical id. */
  readonly made: ReadonlyMap<string, string>;
  readonly outputs: Json;
  /** What stands for its own resources, by name and attribute. */
  readonly atoms: Map<string, readonly Reading[]>;
}

/** An output that other templates may import. */
interface Export {
  readonly side: Side;
  readonly name: PolicyText;
  readonly value: unknown;
}

/** What the names in the templates of an app stand for, across templates too. */
export class AppNames {
  public readonly resources: readonly AppResource[];
  private readonly sides = new Map<string, Side>();
  private readonly byStackName = new Map<string, Side[]>();
  private readonly byKey = new Map<string, AppResource>();
  private readonly exports = new Map<string, Export[]>();
  private readonly exportsOfAnyStack: Export[] = [];
  private readonly children = new Map<string, Side>();
  private readonly storedParameters = new Map<string, AppResource>();

  public constructor(templates: readonly AppTemplate[]) {
    for (const template of templates) {
      this.addSide(template);
    }
    this.resources = [...this.sides.values()].flatMap((side) =>
      Object.entries(side.resources).map(
        ([logicalId, definition]) =>
          new AppResource(side.template, logicalId, objectOf(definition), side.values, side.made.get(logicalId)),
      ),
    );
    for (const resource of this.resources) {
      this.byKey.set(resource.key, resource);
      if (resource.type === 'AWS::SSM::Parameter') {
        for (const name of resource.get('Name').literals()) {
          this.storedParameters.set(name, resource);
        }
      }
    }
    for (const side of this.sides.values()) {
      for (const output of Object.values(side.outputs).map(objectOf)) {
        for (const reading of side.values.readings(objectOf(output.Export).Name)) {
          if (reading.kind === 'text') {
            const key = textKey(reading.text);
            const made = { side, name: reading.text, value: output.Value };
            this.exports.set(key, [...(this.exports.get(key) ?? []), made]);
            if (isNamedAfterStack(reading.text)) {
              this.exportsOfAnyStack.push(made);
            }
          }
        }
      }
    }
  }

  /** The resource whose atoms begin with this key. */
  public at(key: string): AppResource | undefined {
    return this.byKey.get(key);
  }

  private addSide(template: AppTemplate): void {
    const body = objectOf(template.body);
    const { resources, made } = withSamResources(body);
    const side: Side = {
      template,
      stackName: template.stackName ?? template.name.replace(/(\.template)?\.(json|ya?ml)$/, ''),
      parameters: objectOf(body.Parameters),
      resources,
      made: new Map(made.map(({ logicalId, writtenAs }) => [logicalId, writtenAs])),
      outputs: objectOf(body.Outputs),
      atoms: new Map(),
      values: new TemplateValues(template.name, {
        ref: (name) => this.ref(name, side),
        attribute: (logicalId, attribute) => this.attribute(logicalId, attribute, side),
        importValue: (name) => this.imported(name, side),
        stackOutput: (stack, output, region) => this.outputOf(stack, output, region ?? template.region),
        mappings: objectOf(body.Mappings),
      }),
    };
    this.sides.set(template.name, side);
    this.byStackName.set(side.stackName, [...(this.byStackName.get(side.stackName) ?? []), side]);
    if (template.parent) {
      this.children.set(`{${template.parent.template}#${template.parent.logicalId}}`, side);
    }
  }

  private ref(name: string, side: Side): readonly Reading[] {
    const { template } = side;
    switch (name) {
      case 'AWS::AccountId':
        return texts(text(template.account ?? { atom: name }));
      case 'AWS::Region':
        return texts(text(template.region ?? { atom: name }));
      case 'AWS::Partition':
        return texts(text(template.region === undefined ? { atom: name } : partitionOfRegion(template.region)));
      case 'AWS::URLSuffix':
        return texts(text(template.region === undefined ? { atom: name } : urlSuffixOf(template.region)));
      case 'AWS::StackName':
        return texts(text(template.stackName ?? { atom: `{${template.name}}.${name}` }));
      default:
        break;
    }
    if (name.startsWith('AWS::')) {
      return texts(text({ atom: `{${template.name}}.${name}` }));
    }
    if (Object.hasOwn(side.resources, name)) {
      const type = objectOf(side.resources[name]).Type;
      return atomOf(`{${template.name}#${name}}.${refIsArn(plainText(type)) ? 'Arn' : 'Ref'}`, side);
    }
    return this.parameter(name, side);
  }

  /** A parameter as its parent passes it, else its default, else the values it allows, else unknown. */
  private parameter(name: string, side: Side): readonly Reading[] {
    const unknown = text({ atom: `{${side.template.name}#${name}}.Ref` });
    const definition = objectOf(side.parameters[name]);
    const type = plainText(definition.Type);
    const { parent } = side.template;
    const passing = parent && this.sides.get(parent.template);
    const passed =
      parent && objectOf(objectOf(objectOf(passing?.resources[parent.logicalId]).Properties).Parameters)[name];
    if (passing && passed !== undefined) {
      return passing.values.readings(passed);
    }
    if (type.startsWith('AWS::SSM::Parameter::Value')) {
      const stored = this.storedParameters.get(plainText(definition.Default));
      return stored?.get('Value').readings ?? texts(unknown);
    }
    const given = definition.Default === undefined ? definition.AllowedValues : [definition.Default];
    if (!Array.isArray(given) || given.length === 0) {
      return texts(unknown);
    }
    if (type === 'CommaDelimitedList' || type.startsWith('List<')) {
      const items = given
        .flatMap((value) => (Array.isArray(value) ? value : plainText(value).split(',')))
        .map((item) => plainText(item).trim())
        .filter((item) => item !== '');
      return [{ kind: 'list', items, scope: side.values }];
    }
    return given.map((value) => ({ kind: 'text', text: text(plainText(value)) }));
  }

  private attribute(logicalId: string, attribute: string, side: Side): readonly Reading[] {
    const key = `{${side.template.name}#${logicalId}}`;
    const child = this.children.get(key);
    if (child && attribute.startsWith('Outputs.')) {
      const output = objectOf(child.outputs[attribute.slice('Outputs.'.length)]);
      if (output.Value !== undefined) {
        return child.values.readings(output.Value);
      }
    }
    const definition = objectOf(side.resources[logicalId]);
    const type = plainText(definition.Type);
    if (type === 'Custom::CrossRegionExportReader') {
      const found = this.crossRegion(attribute);
      if (found !== undefined) {
        return found;
      }
    }
    if (type === 'Custom::AWSCDKCfnJson' && attribute === 'Value') {
      const said = side.values.readings(objectOf(definition.Properties).Value);
      const parsed = said.flatMap((reading) =>
        reading.kind === 'text' ? (parsedJson(reading.text)?.readings ?? []) : [],
      );
      if (parsed.length > 0) {
        return parsed;
      }
    }
    return atomOf(`${key}.${isArnAttribute(type, attribute) ? 'Arn' : attribute}`, side);
  }

  /** What CDK's writer in another region leaves under this name. */
  private crossRegion(name: string): readonly Reading[] | undefined {
    for (const side of this.sides.values()) {
      for (const definition of Object.values(side.resources).map(objectOf)) {
        if (definition.Type === 'Custom::CrossRegionExportWriter') {
          const exports = objectOf(objectOf(objectOf(definition.Properties).WriterProps).exports);
          if (Object.hasOwn(exports, name)) {
            return side.values.readings(exports[name]);
          }
        }
      }
    }
    return undefined;
  }

  /** An export's value: of the same account and region where several templates export the name. */
  private imported(name: PolicyText, side: Side): readonly Reading[] | undefined {
    const found = this.exports.get(textKey(name)) ?? this.exportAfterStack(name, side);
    const near = found.filter(
      ({ side: other }) =>
        other.template.account === side.template.account && other.template.region === side.template.region,
    );
    const readings = (near.length > 0 ? near : found).flatMap(({ side: other, value }) => other.values.readings(value));
    if (readings.length > 0) {
      return readings;
    }
    return literalOf(name) === undefined ? undefined : texts(text({ atom: `Fn::ImportValue ${literalOf(name)}` }));
  }

  /** The export named after its stack that alone can be meant, or that the name of its template tells from others. */
  private exportAfterStack(name: PolicyText, side: Side): readonly Export[] {
    const fitting = this.exportsOfAnyStack.filter((made) => made.side !== side && mayImport(name, made.name));
    const literal = literalOf(name);
    const told = fitting.filter((made) => nameInStack(made.name, made.side.stackName) === literal);
    const meant = told.length > 0 ? told : fitting;
    return meant.length === 1 ? meant : [];
  }

  /** What CDK's weak references read: an output of a stack by the stack's name, in its region where both are known. */
  private outputOf(stackName: string, name: string, region: string | undefined): readonly Reading[] | undefined {
    const found = (this.byStackName.get(stackName) ?? []).filter(({ outputs }) => Object.hasOwn(outputs, name));
    const near = found.filter(({ template }) => region !== undefined && template.region === region);
    const readings = (near.length > 0 ? near : found).flatMap(({ outputs, values }) =>
      values.readings(objectOf(outputs[name]).Value),
    );
    return readings.length > 0 ? readings : undefined;
  }
}

function texts(...found: PolicyText[]): readonly Reading[] {
  return found.map((item) => ({ kind: 'text', text: item }));
}

/** One text for one attribute, wherever it stands: what is known of the text is known of all of them. */
function atomOf(atom: string, { atoms }: Side): readonly Reading[] {
  let known = atoms.get(atom);
  if (known === undefined) {
    known = texts(text({ atom }));
    atoms.set(atom, known);
  }
  return known;
}

function urlSuffixOf(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}
