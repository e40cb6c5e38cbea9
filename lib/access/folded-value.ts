import { attributeName, functionCall, isRecord, substitutions, type Template } from './template';

/** What the names in a template stand for. A name that stands for nothing known answers `undefined`. */
export interface TemplateNames {
  /** What `{ Ref: name }` stands for: a text, or a list of texts for a list parameter. */
  ref(name: string): unknown;
  /** What `{ 'Fn::GetAtt': [logicalId, attribute] }` stands for. */
  attribute(logicalId: string, attribute: string): unknown;
  /** What `{ 'Fn::ImportValue': exportName }` stands for. */
  importValue(exportName: string): unknown;
}

/** Stands for `AWS::NoValue`: the property or list item that holds it is left out. */
const NO_VALUE = Symbol('AWS::NoValue');

/** `value`, a part of `template`, with every function folded that `names` says enough about. The others stay. */
export function foldedValue(value: unknown, template: Template, names: TemplateNames): unknown {
  const folded = new Folding(template, names).fold(value);
  return folded === NO_VALUE ? undefined : folded;
}

class Folding {
  public constructor(
    private readonly template: Template,
    private readonly names: TemplateNames,
  ) {}

  public fold(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => this.fold(item)).filter((item) => item !== NO_VALUE);
    }
    if (!isRecord(value)) {
      return value;
    }
    const call = functionCall(value);
    if (call !== undefined && call.name !== 'Condition') {
      return this.call(call.name, call.argument);
    }
    const entries = Object.entries(value).map(([key, item]) => [key, this.fold(item)] as const);
    return Object.fromEntries(entries.filter(([, item]) => item !== NO_VALUE));
  }

  private call(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref':
        return argument === 'AWS::NoValue' ? NO_VALUE : (this.names.ref(String(argument)) ?? { Ref: argument });
      case 'Fn::GetAtt': {
        const attribute = attributeName(this.fold(argument));
        return (attribute && this.names.attribute(...attribute)) ?? { [name]: attribute ?? argument };
      }
      case 'Fn::ImportValue': {
        const exportName = this.fold(argument);
        const value = typeof exportName === 'string' ? this.names.importValue(exportName) : undefined;
        return value ?? { [name]: exportName };
      }
      case 'Fn::Join':
        return this.join(this.fold(argument));
      case 'Fn::Sub':
        return this.substitute(argument);
      case 'Fn::Select':
        return select(this.fold(argument));
      case 'Fn::Split':
        return split(this.fold(argument));
      case 'Fn::If':
        return this.choose(argument);
      case 'Fn::FindInMap':
        return this.find(this.fold(argument));
      case 'Fn::GetAZs': {
        const region = this.fold(argument) || this.names.ref('AWS::Region');
        return typeof region === 'string' ? ['a', 'b', 'c'].map((zone) => region + zone) : { [name]: argument };
      }
      default:
        return { [name]: this.fold(argument) };
    }
  }

  private join(argument: unknown): unknown {
    const [delimiter, items] = Array.isArray(argument) ? argument : [];
    if (typeof delimiter !== 'string' || !Array.isArray(items)) {
      return { 'Fn::Join': argument };
    }
    const separated = items.flatMap((item, position) => (position > 0 ? [delimiter, item] : [item]));
    return concatenation(separated);
  }

  private substitute(argument: unknown): unknown {
    const [text, variables] = typeof argument === 'string' ? [argument, {}] : Array.isArray(argument) ? argument : [];
    if (typeof text !== 'string' || !isRecord(variables)) {
      return { 'Fn::Sub': argument };
    }
    const parts = substitutions(text).map((part) => {
      if (typeof part === 'string') {
        return part;
      }
      if (Object.hasOwn(variables, part.name)) {
        return this.fold(variables[part.name]);
      }
      return this.call(part.name.includes('.') ? 'Fn::GetAtt' : 'Ref', part.name);
    });
    return concatenation(parts);
  }

  private choose(argument: unknown): unknown {
    const [condition, yes, no] = Array.isArray(argument) ? argument : [];
    const decided = this.decide({ Condition: condition });
    if (decided === undefined) {
      return { 'Fn::If': [condition, this.fold(yes), this.fold(no)] };
    }
    return this.fold(decided ? yes : no);
  }

  /** Whether a condition of the template holds, or undefined where that depends on a name that is not known. */
  private decide(condition: unknown): boolean | undefined {
    const call = functionCall(condition);
    const list = Array.isArray(call?.argument) ? call.argument : [];
    switch (call?.name) {
      case 'Condition': {
        const definition = this.template.Conditions?.[String(call.argument)];
        return definition === undefined ? undefined : this.decide(definition);
      }
      case 'Fn::Equals': {
        const [left, right] = list.map((item) => this.fold(item));
        return isRecord(left) || isRecord(right) ? undefined : String(left) === String(right);
      }
      case 'Fn::Not': {
        const decided = this.decide(list[0]);
        return decided === undefined ? undefined : !decided;
      }
      case 'Fn::And':
      case 'Fn::Or': {
        const settling = call.name === 'Fn::Or';
        const decided = list.map((item) => this.decide(item));
        if (decided.includes(settling)) {
          return settling;
        }
        return decided.includes(undefined) ? undefined : !settling;
      }
      default:
        return undefined;
    }
  }

  private find(argument: unknown): unknown {
    const [map, first, second] = Array.isArray(argument) ? argument : [];
    return this.template.Mappings?.[String(map)]?.[String(first)]?.[String(second)] ?? { 'Fn::FindInMap': argument };
  }
}

/** The parts as one text where they are all known, else as an `Fn::Join` with neighbouring texts made one. */
function concatenation(parts: readonly unknown[]): unknown {
  const merged: unknown[] = [];
  for (const part of parts) {
    const text = isRecord(part) || Array.isArray(part) ? part : String(part);
    const last = merged.at(-1);
    if (typeof text === 'string' && typeof last === 'string') {
      merged[merged.length - 1] = last + text;
    } else {
      merged.push(text);
    }
  }
  const [only = ''] = merged;
  return merged.length <= 1 ? only : { 'Fn::Join': ['', merged] };
}

function select(argument: unknown): unknown {
  const [index, items] = Array.isArray(argument) ? argument : [];
  return (Array.isArray(items) ? items[Number(index)] : undefined) ?? { 'Fn::Select': argument };
}

function split(argument: unknown): unknown {
  const [delimiter, text] = Array.isArray(argument) ? argument : [];
  return typeof delimiter === 'string' && typeof text === 'string' ? text.split(delimiter) : { 'Fn::Split': argument };
}
