import { attributeName, functionCall, isRecord, substitutions, type Template } from './template';

/** One policy document, and where in the template it stands. */
export interface PlacedDocument {
  /** Logical id of the resource that holds the document. */
  readonly logicalId: string;
  /** Name of the policy, where it has one. */
  readonly name?: unknown;
  readonly document: unknown;
}

/** Everything in one template that decides what a role may do, and who may use it. */
export interface RolePolicies {
  /** Logical id of the role. */
  readonly logicalId: string;
  /** The documents that reach the role: its own, and those of policies that name it or that it names. */
  readonly identity: readonly PlacedDocument[];
  /** The ARNs of managed policies whose documents are not in this template. */
  readonly managedPolicyArns: readonly unknown[];
  /** The permissions boundary: its document where the template has it, else its ARN. */
  readonly boundary?: { readonly document: unknown } | { readonly arn: unknown };
  readonly trust: unknown;
  /** In seconds. */
  readonly maxSessionDuration: number;
}

/** IAM's own default for `MaxSessionDuration`, in seconds. */
const DEFAULT_SESSION = 3600;

/**
 * What reaches the role with this logical id, read from the template alone.
 *
 * A policy counts as attached when its list of roles mentions the role in any way, on either side of a condition too.
 * Not seen are policies that another stack or a person attaches, and role names that a parameter or an import brings.
 */
export function rolePolicies(template: Template, logicalId: string): RolePolicies {
  const resources = template.Resources ?? {};
  const role = resources[logicalId];
  if (role?.Type !== 'AWS::IAM::Role') {
    throw new Error(
      `${logicalId} is ${role === undefined ? 'not in the template' : `an ${role.Type}`}, not an AWS::IAM::Role`,
    );
  }
  const properties = role.Properties ?? {};
  const roleName = properties.RoleName;
  const names = (value: unknown): boolean =>
    mentions(value, logicalId) || (roleName !== undefined && list(value).some((item) => same(item, roleName)));

  const identity: PlacedDocument[] = list(properties.Policies).flatMap((policy) =>
    isRecord(policy) ? [{ logicalId, name: policy.PolicyName, document: policy.PolicyDocument }] : [],
  );
  const managedPolicyArns: unknown[] = [];
  const attached = new Set<string>();
  for (const arn of list(properties.ManagedPolicyArns)) {
    const own = managedPolicyCalled(template, arn);
    if (own === undefined) {
      // An expression that may come out as the template's own policy may also come out as another.
      managedPolicyArns.push(arn);
    } else {
      attached.add(own);
    }
  }

  for (const [id, { Type: type, Properties: policy = {} }] of Object.entries(resources)) {
    const reaches =
      (type === 'AWS::IAM::Policy' && names(policy.Roles)) ||
      (type === 'AWS::IAM::ManagedPolicy' &&
        (attached.has(id) || mentions(properties.ManagedPolicyArns, id) || names(policy.Roles))) ||
      (type === 'AWS::IAM::RolePolicy' && names(policy.RoleName));
    if (reaches) {
      const name = policy.PolicyName ?? policy.ManagedPolicyName;
      identity.push({ logicalId: id, ...(name === undefined ? {} : { name }), document: policy.PolicyDocument });
    }
  }

  return {
    logicalId,
    identity,
    managedPolicyArns,
    ...boundaryOf(template, properties.PermissionsBoundary),
    trust: properties.AssumeRolePolicyDocument,
    maxSessionDuration: Number(properties.MaxSessionDuration ?? DEFAULT_SESSION),
  };
}

function boundaryOf(template: Template, arn: unknown): Pick<RolePolicies, 'boundary'> {
  if (arn === undefined) {
    return {};
  }
  const target = managedPolicyCalled(template, arn);
  const document = target === undefined ? undefined : template.Resources?.[target]?.Properties?.PolicyDocument;
  return { boundary: document === undefined ? { arn } : { document } };
}

/** The logical id of the template's own managed policy that an ARN is, and can't be another. */
function managedPolicyCalled(template: Template, arn: unknown): string | undefined {
  const call = functionCall(arn);
  const referred =
    call?.name === 'Fn::GetAtt' ? attributeName(call.argument)?.[0] : call?.name === 'Ref' && call.argument;
  const literal = typeof arn === 'string' ? /^arn:[^:]+:iam::\d{12}:policy(\/.+)$/.exec(arn)?.[1] : undefined;
  return Object.entries(template.Resources ?? {}).find(
    ([id, { Type: type, Properties: { ManagedPolicyName: name, Path: path = '/' } = {} }]) =>
      type === 'AWS::IAM::ManagedPolicy' &&
      (id === referred || (literal !== undefined && name !== undefined && literal === `${path}${name}`)),
  )?.[0];
}

/** Whether a value refers to a resource, by Ref, Fn::GetAtt or Fn::Sub, at any depth. */
function mentions(value: unknown, logicalId: string): boolean {
  if (Array.isArray(value)) {
    return value.some((item) => mentions(item, logicalId));
  }
  if (!isRecord(value)) {
    return false;
  }
  const call = functionCall(value);
  if (call?.name === 'Ref') {
    return call.argument === logicalId;
  }
  if (call?.name === 'Fn::GetAtt' && attributeName(call.argument)?.[0] === logicalId) {
    return true;
  }
  if (call?.name === 'Fn::Sub') {
    const text = list(call.argument)[0];
    const found = substitutions(typeof text === 'string' ? text : '').some(
      (part) => typeof part !== 'string' && part.name.split('.')[0] === logicalId,
    );
    if (found) {
      return true;
    }
  }
  return Object.values(value).some((item) => mentions(item, logicalId));
}

function list(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
