import { ActionSet } from '../judging/allowed-actions';

/** What people do to their own user, and in the console: an agent has no user, no password and no phone. */
export const CONSOLE_SELF_SERVICE = new ActionSet(
  'aws-portal:*',
  'cloudshell:*',
  'iam:*LoginProfile',
  'iam:*MFADevice*',
  'iam:*SSHPublicKey*',
  'iam:ChangePassword',
  'iam:GetAccountPasswordPolicy',
  'signin:*',
);
