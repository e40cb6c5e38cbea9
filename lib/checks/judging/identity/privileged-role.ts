import type { AppRole } from '../../../access/app/app-role';
import { displayText, literalOf, type PolicyText } from '../../../policy/document/text';
import { IAM_WRITES } from '../../action-sets/iam-write';
import { grantsOf } from '../grants/role-grants';

/** Roles that everybody knows by name, and why they are more than an agent may be. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/AWSReservedSSO_|^aws-reserved\/sso\.amazonaws\.com/, 'a role of people in IAM Identity Center'],
  [
    /^(.*\/)?(OrganizationAccountAccessRole|AWSControlTowerExecution|AWSControlTowerAdmin)/,
    'an administrator of the account',
  ],
  [/^(.*\/)?cdk-.*(cfn-exec|deploy|lookup|file-publishing|image-publishing)-role/, 'a bootstrap role of the CDK'],
  [/^(.*\/)?cdk-(hnb659fds-)?[*?]/, 'the bootstrap roles of the CDK'],
];
const ADMIN_WORDS: ReadonlySet<string> = new Set([
  'admin',
  'admins',
  'administrator',
  'administrators',
  'poweruser',
  'superuser',
]);
/** `admin-audit-viewer` is no administrator. */
const READER_WORDS: ReadonlySet<string> = new Set(['lookup', 'read', 'reader', 'readonly', 'view', 'viewer']);
const ADMIN_POLICIES = /:aws:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

/** Why a role is too much for an agent, by the name in its ARN; undefined where the name tells nothing. */
export function privilegeInName(tail: PolicyText): string | undefined {
  const name = displayText(tail).replace(/^role\//, '');
  const known = KNOWN.find(([pattern]) => pattern.test(name));
  if (known) {
    return known[1];
  }
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/power[-_ ]user/g, 'poweruser')
    .split(/[^a-z]+/);
  const isReader = words.some((word) => READER_WORDS.has(word));
  return !isReader && words.some((word) => ADMIN_WORDS.has(word)) ? 'an administrator by its name' : undefined;
}

/** Why a role of the app is too much for an agent, by what it may do. */
export function privilegeInPolicies(role: AppRole): string | undefined {
  const { statements, outside, kinds } = role;
  if (outside.some(({ arn }) => ADMIN_POLICIES.test(displayText(arn)))) {
    return 'an administrator by its policies';
  }
  const mayAll = statements.some(
    ({ statement: { effect, action, resource } }) =>
      effect === 'Allow' && !action.negated && action.patterns.some(isAll) && resource?.patterns.some(isAll) === true,
  );
  if (mayAll || grantsOf(role, IAM_WRITES).length > 0) {
    return 'an administrator by its policies';
  }
  return kinds.has('human') ? 'a role of people' : undefined;
}

function isAll(pattern: PolicyText): boolean {
  return /^(\*+|\*:\*)$/.test(literalOf(pattern) ?? '');
}
