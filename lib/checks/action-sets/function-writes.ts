import { ActionSet } from '../judging/grants/allowed-actions';

/** Actions that change what a function runs: its code, configuration, layers, aliases, or what guards its code. */
export const FUNCTION_WRITES = new ActionSet(
  'lambda:CreateAlias',
  'lambda:DeleteFunctionCodeSigningConfig',
  'lambda:PublishLayerVersion',
  'lambda:PublishVersion',
  'lambda:PutFunctionCodeSigningConfig',
  'lambda:PutRuntimeManagementConfig',
  'lambda:UpdateAlias',
  'lambda:UpdateFunctionCode',
  'lambda:UpdateFunctionCodeSigningConfig',
  'lambda:UpdateFunctionConfiguration',
);
