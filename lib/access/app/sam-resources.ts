import { type Json, objectOf, plainText } from './json';

/** A resource that SAM makes at deployment, and the one in the template that makes it do so. */
export interface SamResource {
  readonly logicalId: string;
  readonly definition: Json;
  readonly writtenAs: string;
}

/** What SAM puts into the roles of functions in any case. */
const BASIC = 'service-role/AWSLambdaBasicExecutionRole';
const TRACED = 'AWSXRayDaemonWriteAccess';
const NETWORKED = 'service-role/AWSLambdaVPCAccessExecutionRole';

/** The names that AWS keeps under `service-role/`; SAM takes them without. */
const SERVICE_ROLE = /^(AWSLambda\w*Role|AWSLambdaENIManagementAccess|AmazonECSTaskExecutionRolePolicy)$/;

const SERVICES: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'lambda.amazonaws.com',
  'AWS::Serverless::StateMachine': 'states.amazonaws.com',
};

/**
 * The resources of a template with the settings that SAM takes from its `Globals`, and what SAM makes of its functions
 * and state machines: a role where none is named, and the address of a function.
 */
export function withSamResources(body: Json): { readonly resources: Json; readonly made: readonly SamResource[] } {
  const written = objectOf(body.Resources);
  const own = Object.entries(written).filter(([, definition]) =>
    Object.hasOwn(SERVICES, plainText(objectOf(definition).Type)),
  );
  if (own.length === 0) {
    return { resources: written, made: [] };
  }
  const resources: Record<string, unknown> = { ...written };
  const made: SamResource[] = [];
  for (const [id, raw] of own) {
    const definition = objectOf(raw);
    const type = plainText(definition.Type);
    const properties = objectOf(
      merged(objectOf(body.Globals)[type.slice('AWS::Serverless::'.length)], definition.Properties),
    );
    const condition = definition.Condition === undefined ? {} : { Condition: definition.Condition };
    const make = (logicalId: string, kind: string, given: Json): boolean => {
      const isFree = !Object.hasOwn(written, logicalId);
      if (isFree) {
        made.push({ logicalId, writtenAs: id, definition: { Type: kind, ...condition, Properties: given } });
      }
      return isFree;
    };
    const hasRole =
      properties.Role === undefined &&
      make(`${id}Role`, 'AWS::IAM::Role', roleOf(properties, SERVICES[type] ?? '', type.endsWith('Function')));
    if (properties.FunctionUrlConfig !== undefined) {
      make(`${id}Url`, 'AWS::Lambda::Url', {
        ...objectOf(properties.FunctionUrlConfig),
        TargetFunctionArn: { Ref: id },
      });
    }
    resources[id] = {
      ...definition,
      Properties: hasRole ? { ...properties, Role: { 'Fn::GetAtt': [`${id}Role`, 'Arn'] } } : properties,
    };
  }
  for (const { logicalId, definition } of made) {
    resources[logicalId] = definition;
  }
  return { resources, made };
}

/** The names of the policy templates among the policies of a function, such as `S3ReadPolicy`. */
export function policyTemplatesIn(policies: unknown): string[] {
  return branchesOf(policies)
    .map(({ entry }) => objectOf(entry))
    .flatMap((entry) => (isDocument(entry) ? [] : Object.keys(entry)))
    .filter((name) => name !== 'Ref' && !name.startsWith('Fn::'));
}

/** Settings for all, under those of one: maps are united, lists come after one another. */
function merged(common: unknown, own: unknown): unknown {
  if (common === undefined || own === undefined) {
    return own ?? common;
  }
  if (Array.isArray(common) && Array.isArray(own)) {
    return [...common, ...own];
  }
  if (!isMap(common) || !isMap(own) || isCall(common) || isCall(own)) {
    return own;
  }
  const names = [...new Set([...Object.keys(common), ...Object.keys(own)])];
  return Object.fromEntries(names.map((name) => [name, merged(common[name], own[name])]));
}

function roleOf(properties: Json, service: string, isFunction: boolean): Json {
  const { AssumeRolePolicyDocument: trust, PermissionsBoundary: boundary, Policies: policies, Tags: tags } = properties;
  const entries = branchesOf(policies);
  const documents = entries.filter(({ entry }) => isDocument(objectOf(entry)));
  const attached = entries.filter(({ entry }) => typeof entry === 'string' || isCall(entry));
  const standing = isFunction
    ? [
        BASIC,
        ...(properties.Tracing === undefined || properties.Tracing === 'Disabled' ? [] : [TRACED]),
        ...(properties.VpcConfig === undefined ? [] : [NETWORKED]),
      ]
    : [];
  return {
    AssumeRolePolicyDocument: trust ?? {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: [service] }, Action: ['sts:AssumeRole'] }],
    },
    ManagedPolicyArns: [
      ...standing.map(managed),
      ...attached.map(({ entry, under }) => under(typeof entry === 'string' ? managed(entry) : entry)),
    ],
    Policies: documents.map(({ entry, under }, index) =>
      under({ PolicyName: `Policy${index}`, PolicyDocument: objectOf(entry) }),
    ),
    ...(boundary === undefined ? {} : { PermissionsBoundary: boundary }),
    ...(tags === undefined ? {} : { Tags: tags }),
  };
}

/** One policy of a list, and how to say that a value is there in the same branch. */
interface PolicyEntry {
  readonly entry: unknown;
  readonly under: (value: unknown) => unknown;
}

const NONE = { Ref: 'AWS::NoValue' };

/** The policies of a list, or the one that stands in its place, those in branches each with its own condition. */
function branchesOf(policies: unknown, under: PolicyEntry['under'] = (value) => value): PolicyEntry[] {
  if (policies === undefined || policies === null) {
    return [];
  }
  if (Array.isArray(policies)) {
    return policies.flatMap((entry) => branchesOf(entry, under));
  }
  const choice = objectOf(policies)['Fn::If'];
  if (Array.isArray(choice) && choice.length === 3) {
    const [condition, met, unmet] = choice;
    return [
      ...branchesOf(met, (value) => under({ 'Fn::If': [condition, value, NONE] })),
      ...branchesOf(unmet, (value) => under({ 'Fn::If': [condition, NONE, value] })),
    ];
  }
  return objectOf(policies).Ref === NONE.Ref ? [] : [{ entry: policies, under }];
}

/** The ARN of an AWS-managed policy that SAM takes by its name. */
function managed(name: string): unknown {
  if (name.startsWith('arn:') || name.startsWith('{{')) {
    return name;
  }
  const path = SERVICE_ROLE.test(name) ? 'service-role/' : '';
  return { 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${path}${name}` };
}

function isDocument(entry: Json): boolean {
  return Object.hasOwn(entry, 'Statement');
}

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a function of CloudFormation. */
function isCall(value: unknown): boolean {
  const [name, ...more] = isMap(value) ? Object.keys(value) : [];
  return more.length === 0 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::'));
}
