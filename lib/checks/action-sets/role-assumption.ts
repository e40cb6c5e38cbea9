import { ActionSet } from '../judging/grants/allowed-actions';

/** Actions that turn a role into another one. */
export const ROLE_ASSUMPTION = new ActionSet('sts:AssumeRole', 'sts:AssumeRoot');

/** Actions that put a name on the session of a role: who it is for, and what it is tagged as. */
export const SESSION_TAG = new ActionSet('sts:TagSession');
export const SOURCE_IDENTITY = new ActionSet('sts:SetSourceIdentity');
