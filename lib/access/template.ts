/** The parts of a CloudFormation template that access is read from. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, TemplateParameter>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
}

/** A parameter of a template. */
export interface TemplateParameter {
  readonly Type?: string;
  readonly Default?: unknown;
}

/** A resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** The account, region and partition that a template is deployed to. */
export interface TemplateEnvironment {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

/** By what the names of their regions begin with. All others are in `aws`. */
const PARTITIONS: Readonly<Record<string, string>> = {
  'cn-': 'aws-cn',
  'eu-isoe-': 'aws-iso-e',
  'eusc-': 'aws-eusc',
  'us-gov-': 'aws-us-gov',
  'us-iso-': 'aws-iso',
  'us-isob-': 'aws-iso-b',
  'us-isof-': 'aws-iso-f',
};

/** The name and argument of a CloudFormation function call such as `{ Ref: 'Role' }`, if `value` is one. */
export function functionCall(value: unknown): { readonly name: string; readonly argument: unknown } | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  let name: string | undefined;
  // Asked of every object of a template: most have several names, and need no list of them.
  for (const own in value) {
    if (name !== undefined) {
      return undefined;
    }
    name = own;
  }
  if (name === undefined) {
    return undefined;
  }
  const argument = value[name];
  const isCall = name === 'Ref' || name === 'Condition' || name.startsWith('Fn::');
  return isCall && (name !== 'Condition' || typeof argument === 'string') ? { name, argument } : undefined;
}

/** The logical id and attribute of an `Fn::GetAtt`, written as a list or as `LogicalId.Attribute`. */
export function attributeName(argument: unknown): readonly [logicalId: string, attribute: string] | undefined {
  if (typeof argument === 'string') {
    const dot = argument.indexOf('.');
    return dot < 0 ? undefined : [argument.slice(0, dot), argument.slice(dot + 1)];
  }
  const [logicalId, attribute] = Array.isArray(argument) ? argument : [];
  return typeof logicalId === 'string' && typeof attribute === 'string' ? [logicalId, attribute] : undefined;
}

/** The names that stand in `${...}` in the text of an `Fn::Sub`, with the text between them. */
export function substitutions(template: string): readonly (string | { readonly name: string })[] {
  const parts: (string | { readonly name: string })[] = [];
  let last = 0;
  for (const match of template.matchAll(/\$\{([^}]*)\}/g)) {
    const name = (match[1] ?? '').trim();
    parts.push(template.slice(last, match.index));
    parts.push(name.startsWith('!') ? `\${${name.slice(1)}}` : { name });
    last = match.index + match[0].length;
  }
  parts.push(template.slice(last));
  return parts.filter((part) => part !== '');
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The partition that a region belongs to. */
export function partitionOfRegion(region: string): string {
  const prefix = Object.keys(PARTITIONS).find((start) => region.startsWith(start));
  return (prefix && PARTITIONS[prefix]) ?? 'aws';
}
