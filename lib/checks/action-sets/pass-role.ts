import { ActionSet } from '../judging/grants/allowed-actions';

/** Hands a role to a service, which then acts with it. */
export const PASS_ROLE = new ActionSet('iam:PassRole');
