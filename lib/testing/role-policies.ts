import { CfnRole, type IRole } from 'aws-cdk-lib/aws-iam';
import { rawPolicies } from '../policy/compare/raw-statement';
import { literalOf, type PolicyText, sameText, text } from '../policy/document/text';
import type { PolicySet } from '../policy/evaluate/policy-set';
import { compileGlob, globTokens, matchesGlob } from '../policy/match/glob';
import { shownText } from '../synth/shown-text';
import type { IndexedResource, StageIndex } from '../synth/stage-index';
import { readDocument } from '../synth/statement-text';
import { attributeText } from '../synth/token-text';
import { unfolded } from '../synth/unfolded';
import { AccessError } from './access-error';

/** The policies of a role of the app, and its boundary, as they will stand in the templates of its Stage. */
export function rolePoliciesOf(
  role: IRole,
  index: StageIndex,
  outside: Readonly<Record<string, unknown>>,
): Pick<PolicySet, 'identity' | 'boundary'> {
  const made = role.node.defaultChild;
  const resource = made instanceof CfnRole ? index.at(made.node.path) : undefined;
  if (resource === undefined) {
    throw new AccessError(
      'RoleNotInApp',
      `the role ${role.node.path} is not made by the app, so its policies are not known; give the construct that makes ` +
        'the role, or its policies with EffectiveAccess.ofPolicies',
    );
  }
  const { Policies: inline, ManagedPolicyArns: managed, PermissionsBoundary: boundary } = resource.properties;
  const managedDocument = (arn: unknown): readonly unknown[] =>
    documentOf(index.text(arn, resource.stack), index, outside, role.node.path);
  return {
    identity: [
      ...listOf(inline).flatMap((policy) => read((policy as InlinePolicy).PolicyDocument, resource, index)),
      ...listOf(managed).flatMap(managedDocument),
      ...attachedTo(resource, index).flatMap((policy) => read(policy.properties.PolicyDocument, policy, index)),
    ],
    ...(boundary === undefined ? {} : { boundary: managedDocument(boundary) }),
  };
}

interface InlinePolicy {
  readonly PolicyDocument?: unknown;
}

const ROLES: Readonly<Record<string, string>> = {
  'AWS::IAM::ManagedPolicy': 'Roles',
  'AWS::IAM::Policy': 'Roles',
  'AWS::IAM::RolePolicy': 'RoleName',
};

/** The policies of the Stage that name the role. */
function attachedTo(role: IndexedResource, index: StageIndex): IndexedResource[] {
  const reference = attributeText(role.path, 'Ref');
  const name = role.properties.RoleName === undefined ? reference : index.text(role.properties.RoleName, role.stack);
  return index.resources.filter(({ type, properties, stack }) =>
    listOf(properties[ROLES[type] ?? '']).some((value) => {
      const named = index.text(value, stack);
      return sameText(named, reference) || sameText(named, name);
    }),
  );
}

/** The document of a managed policy: one of the app, or one that the caller gave. */
function documentOf(
  arn: PolicyText,
  index: StageIndex,
  outside: Readonly<Record<string, unknown>>,
  role: string,
): readonly unknown[] {
  const policy = index.resourceOf(arn);
  if (policy?.type === 'AWS::IAM::ManagedPolicy') {
    return read(policy.properties.PolicyDocument, policy, index);
  }
  const known = Object.keys(outside).find((given) => isArnOf(given, arn));
  if (known === undefined) {
    throw new AccessError(
      'PolicyNotInApp',
      `the role ${role} has ${shownText(arn)}, whose document is not part of the app; give it: ` +
        `EffectiveAccess.ofRole(role, { managedPolicies: { '${literalOf(arn) ?? 'arn:...'}': document } })`,
    );
  }
  return [outside[known]];
}

/** Whether an ARN that was written out is the one in the template, whatever its partition and account there. */
function isArnOf(given: string, arn: PolicyText): boolean {
  const pattern = text(...arn.map((part) => (typeof part === 'string' ? part : '*')));
  return matchesGlob(compileGlob(globTokens(pattern)), given);
}

function read(document: unknown, resource: IndexedResource, index: StageIndex): unknown[] {
  const textOf = (value: unknown): PolicyText => index.text(value, resource.stack);
  const entries = readDocument(unfolded(document, textOf), textOf);
  return rawPolicies(
    entries.map((entry) => {
      if ('unreadable' in entry) {
        throw new AccessError(
          'PolicyUnreadable',
          `a policy of ${resource.path} can't be read: ${entry.unreadable}; write its document out in the app`,
        );
      }
      return entry.statement;
    }),
  );
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
