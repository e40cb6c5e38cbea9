import { ActionSet } from '../judging/grants/allowed-actions';

/** What people change of their own user, and do in the console: an agent has no user, no password and no phone. */
export const CONSOLE_SELF_SERVICE = new ActionSet(
  'aws-portal:*',
  'cloudshell:*',
  'iam:ChangePassword',
  'iam:CreateLoginProfile',
  'iam:CreateVirtualMFADevice',
  'iam:DeactivateMFADevice',
  'iam:DeleteLoginProfile',
  'iam:DeleteSSHPublicKey',
  'iam:DeleteVirtualMFADevice',
  'iam:EnableMFADevice',
  'iam:ResyncMFADevice',
  'iam:UpdateLoginProfile',
  'iam:UpdateSSHPublicKey',
  'iam:UploadSSHPublicKey',
  'signin:*',
);

/** The reads that go with it. Alone they are what an auditor reads. */
export const CONSOLE_SELF_READS = new ActionSet(
  'iam:Get*LoginProfile',
  'iam:Get*MFADevice*',
  'iam:Get*SSHPublicKey*',
  'iam:GetAccountPasswordPolicy',
  'iam:List*MFADevice*',
  'iam:List*SSHPublicKey*',
);
