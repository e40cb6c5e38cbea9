import type { AppRole } from '../../access/app/app-role';
import type { AppStatement } from '../../access/app/app-statement';
import { DEPLOYMENT } from '../action-sets/deployment';
import { IAM_WRITES } from '../action-sets/iam-write';
import { PASS_ROLE } from '../action-sets/pass-role';
import { SPENDING } from '../action-sets/spending';
import type { CheckSettings } from '../check-settings';
import type { ActionSet } from './allowed-actions';
import { businessWrites } from './business-writes';
import { actionGrants } from './judged-grants';
import { privilegeInPolicies } from './privileged-role';
import { listed } from './shown';

/** Something that a role may do and that cannot be left to whoever talks an agent into it. */
export interface Power {
  /** Such as `writes (dynamodb:PutItem)`. */
  readonly shown: string;
  readonly statements: readonly AppStatement[];
}

const IDENTITY = IAM_WRITES.and(PASS_ROLE);

/** What a role may write, deploy, spend or change of identities. */
export function powersOf(role: AppRole, settings: Pick<CheckSettings, 'scratch'>): Power[] {
  const of = (what: string, set: ActionSet): Power[] => {
    const grants = actionGrants(role, set);
    const actions = [...new Set(grants.map(({ action }) => action.name))];
    return grants.length === 0
      ? []
      : [{ shown: `${what} (${listed(actions)})`, statements: grants.map(({ statement }) => statement) }];
  };
  const writes = businessWrites(role, settings);
  const isAdministrator = privilegeInPolicies(role)?.startsWith('an administrator') === true;
  return [
    ...of('changes identities', IDENTITY),
    ...of('deploys', DEPLOYMENT),
    ...of('spends', SPENDING),
    ...(writes.length === 0
      ? []
      : [
          {
            shown: `writes (${listed([...new Set(writes.flatMap(({ actions }) => actions))])})`,
            statements: [...new Set(writes.map(({ statement }) => statement))],
          },
        ]),
    ...(isAdministrator ? [{ shown: 'is an administrator', statements: [] }] : []),
  ];
}
