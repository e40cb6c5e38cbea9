import { ActionSet } from '../judging/allowed-actions';

/** Hands a role to a service, which then acts with it. */
export const PASS_ROLE = new ActionSet('iam:PassRole');
