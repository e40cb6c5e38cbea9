import { ActionSet } from '../judging/grants/allowed-actions';

/** What no boundary of an agent may leave: actions that give access to people and roles, and take boundaries off. */
export const ABOVE_ANY_CEILING = new ActionSet(
  'iam:AddUserToGroup',
  'iam:Attach*Policy',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreatePolicyVersion',
  'iam:CreateRole',
  'iam:Delete*PermissionsBoundary',
  'iam:Put*PermissionsBoundary',
  'iam:Put*Policy',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateLoginProfile',
  'organizations:AttachPolicy',
  'organizations:CreatePolicy',
  'organizations:DetachPolicy',
  'organizations:DisablePolicyType',
  'organizations:UpdatePolicy',
  'sso:AttachCustomerManagedPolicyReferenceToPermissionSet',
  'sso:AttachManagedPolicyToPermissionSet',
  'sso:CreateAccountAssignment',
  'sso:PutInlinePolicyToPermissionSet',
);
