import { type Atom, literalOf, type PolicyText, text } from '../policy/document/text';

/** How the names inside one template are looked up. */
export interface NameScope {
  /** What `{ Ref: name }` stands for. */
  ref(name: string): PolicyText;
  /** What `{ 'Fn::GetAtt': [logicalId, attribute] }` stands for. */
  attribute(logicalId: string, attribute: string): PolicyText;
  /** What `{ 'Fn::ImportValue': name }` stands for. */
  importValue(exportName: PolicyText): PolicyText;
  /** What `{ 'Fn::GetStackOutput': { StackName, OutputName } }` stands for, where that stack is known. */
  stackOutput?(stackName: PolicyText, outputName: PolicyText): PolicyText | undefined;
  /** The content of a mapping of the template, where it is known. */
  mapping?(name: string): unknown;
}

/** Key of the marker object that stands for an already known text inside a resolved value. */
export const TEXT_MARKER = 'LeastAgency::Text';

/**
 * A resolved CloudFormation value as a policy text: literal pieces and opaque atoms.
 *
 * `Fn::Join`, `Fn::Sub`, `Fn::FindInMap`, `Ref`, `Fn::GetAtt` and the functions that read another stack's outputs are
 * followed; any other intrinsic function becomes one atom named by its own content, so that the same expression is the
 * same atom, and shows all that the value may be made of.
 */
export function cfnText(value: unknown, names: NameScope): PolicyText {
  if (typeof value === 'string') {
    return text(value);
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return text(String(value));
  }
  const call = intrinsic(value);
  if (call === undefined) {
    return opaque('value', value, names);
  }
  const { name, argument } = call;
  if (name === TEXT_MARKER) {
    return argument as PolicyText;
  }
  if (name === 'Ref' && typeof argument === 'string') {
    return names.ref(argument);
  }
  if (name === 'Fn::GetAtt') {
    const [logicalId, attribute] = typeof argument === 'string' ? splitAttribute(argument) : pair(argument);
    if (typeof logicalId === 'string' && typeof attribute === 'string') {
      return names.attribute(logicalId, attribute);
    }
  }
  if (name === 'Fn::Join') {
    const [delimiter, items] = pair(argument);
    if (typeof delimiter === 'string' && Array.isArray(items)) {
      const parts: (string | Atom)[] = [];
      items.forEach((item, position) => {
        parts.push(...(position > 0 ? [delimiter] : []), ...cfnText(item, names));
      });
      return text(...parts);
    }
  }
  if (name === 'Fn::Sub') {
    const [template, variables] = typeof argument === 'string' ? [argument, {}] : pair(argument);
    if (typeof template === 'string') {
      return substitute(template, (variables ?? {}) as Record<string, unknown>, names);
    }
  }
  if (name === 'Fn::ImportValue') {
    return names.importValue(cfnText(argument, names));
  }
  if (name === 'Fn::GetStackOutput') {
    return stackOutput(argument, names) ?? opaque(name, argument, names);
  }
  if (name === 'Fn::FindInMap') {
    return inMapping(argument, names);
  }
  return opaque(name, argument, names);
}

/** The name and argument of an intrinsic function call, if `value` is one. */
export function intrinsic(value: unknown): { readonly name: string; readonly argument: unknown } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return undefined;
  }
  const keys = Object.keys(value);
  const [name] = keys;
  if (keys.length !== 1 || name === undefined) {
    return undefined;
  }
  if (name !== 'Ref' && name !== TEXT_MARKER && !name.startsWith('Fn::')) {
    return undefined;
  }
  return { name, argument: (value as Record<string, unknown>)[name] };
}

function substitute(template: string, variables: Record<string, unknown>, names: NameScope): PolicyText {
  const parts: (string | Atom)[] = [];
  let last = 0;
  for (const match of template.matchAll(/\$\{([^}]*)\}/g)) {
    const name = match[1] ?? '';
    parts.push(template.slice(last, match.index));
    last = match.index + match[0].length;
    if (name.startsWith('!')) {
      parts.push(`\${${name.slice(1)}}`);
    } else if (Object.hasOwn(variables, name)) {
      parts.push(...cfnText(variables[name], names));
    } else if (name.includes('.')) {
      const [logicalId, attribute] = splitAttribute(name);
      parts.push(...names.attribute(logicalId, attribute));
    } else {
      parts.push(...names.ref(name));
    }
  }
  parts.push(template.slice(last));
  return text(...parts);
}

function stackOutput(argument: unknown, names: NameScope): PolicyText | undefined {
  const { StackName: stackName, OutputName: outputName } = (argument ?? {}) as Record<string, unknown>;
  return stackName === undefined || outputName === undefined
    ? undefined
    : names.stackOutput?.(cfnText(stackName, names), cfnText(outputName, names));
}

/** The one value that literal keys select; otherwise an atom that shows the whole mapping. */
function inMapping(argument: unknown, names: NameScope): PolicyText {
  const keys = Array.isArray(argument) ? argument.slice(0, 3).map((key) => literalOf(cfnText(key, names))) : [];
  const [name, ...steps] = keys;
  const content = name === undefined ? undefined : names.mapping?.(name);
  const value = steps.reduce<unknown>(
    (map, key) => (key === undefined ? undefined : (map as Record<string, unknown> | undefined)?.[key]),
    content,
  );
  return typeof value === 'string'
    ? text(value)
    : opaque('Fn::FindInMap', content === undefined ? argument : [argument, content], names);
}

/** An atom that is named by the whole expression, the names inside it resolved first. */
function opaque(name: string, argument: unknown, names: NameScope): PolicyText {
  return text({ atom: `${name}(${expression(argument, names)})` });
}

function expression(value: unknown, names: NameScope): string {
  if (intrinsic(value)) {
    return `~${JSON.stringify(cfnText(value, names))}`;
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => expression(item, names)).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${expression(item, names)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'undefined';
}

function splitAttribute(name: string): [string, string] {
  const dot = name.indexOf('.');
  return dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)];
}

function pair(value: unknown): [unknown, unknown] {
  return Array.isArray(value) ? [value[0], value[1]] : [undefined, undefined];
}
