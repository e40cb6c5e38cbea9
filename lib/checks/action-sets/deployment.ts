import { ActionSet } from '../judging/grants/allowed-actions';
import { EXISTING_COMPUTE } from './existing-compute';
import { FUNCTION_WRITES } from './function-writes';
import { NEW_COMPUTE } from './new-compute';

/** Actions that put something into operation, or change what is. */
export const DEPLOYMENT = [
  EXISTING_COMPUTE,
  FUNCTION_WRITES,
  NEW_COMPUTE,
  new ActionSet('cloudformation:DeleteStack', 'codepipeline:StartPipelineExecution', 'ecs:UpdateService'),
].reduce((all, set) => all.and(set));
