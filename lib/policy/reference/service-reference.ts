import { compiledReference } from './compiled-reference';

export { conditionKeyType, isUnmapped, suppliedKeys, supplies } from './condition-keys';
export type { ActionResourceType, ServiceAction } from './service-action';
export { actionNames, actionsLike, findAction, servicePrefixes } from './service-action';
export { suggestAction, suggestConditionKey } from './suggestions';

/** Which service authorization reference everything here is about. */
export interface ServiceReferenceVersion {
  /** The version of the data package. */
  readonly version: string;
  /** When the data was taken, such as `2026-09-26T04:46:59.905Z`. */
  readonly date: string;
}

/** The version and the date of the reference. Every statement about "all actions" is about this version. */
export function serviceReferenceVersion(): ServiceReferenceVersion {
  const { version, date } = compiledReference();
  return { version, date };
}
