import type { AppModel } from '../../../access/app/app-model';
import type { AppRole } from '../../../access/app/app-role';
import type { AppStatement } from '../../../access/app/app-statement';
import { displayText } from '../../../policy/document/text';
import { DEPLOYMENT } from '../../action-sets/deployment';
import { IAM_WRITES } from '../../action-sets/iam-write';
import { PASS_ROLE } from '../../action-sets/pass-role';
import { SPENDING } from '../../action-sets/spending';
import type { CheckSettings } from '../../check-settings';
import { isOnFirstCall } from '../conditions/first-call';
import type { ActionSet } from '../grants/allowed-actions';
import { actionGrants } from '../grants/judged-grants';
import { privilegeInPolicies } from '../identity/privileged-role';
import { listed } from '../shown';
import { businessWrites } from './business-writes';

/** Something that a role may do and that cannot be left to whoever talks an agent into it. */
export interface Power {
  /** Such as `writes (dynamodb:PutItem)`. */
  readonly shown: string;
  readonly statements: readonly AppStatement[];
}

/** Policies of AWS that give all of a service; those that record what was done give no power. */
const FULL_ACCESS = /:aws:policy\/(?:.*\/)?((?!CloudWatch|AWSXray)[\w-]+FullAccess(?:_?[vV]\d)?)$/;
const IDENTITY = IAM_WRITES.and(PASS_ROLE);

/** What a role may write, deploy, spend or change of identities. */
export function powersOf(app: AppModel, role: AppRole, settings: Pick<CheckSettings, 'scratch'>): Power[] {
  const of = (what: string, set: ActionSet): Power[] => {
    const grants = actionGrants(app, role, set).filter(
      ({ statement, action }) => !isOnFirstCall(statement, [action.name]),
    );
    const actions = [...new Set(grants.map(({ action }) => action.name))];
    return grants.length === 0
      ? []
      : [{ shown: `${what} (${listed(actions)})`, statements: grants.map(({ statement }) => statement) }];
  };
  const elsewhere = [IDENTITY, DEPLOYMENT, SPENDING];
  const writes = businessWrites(app, role, settings).filter(({ actions }) =>
    actions.every((action) => !elsewhere.some((set) => set.has(action))),
  );
  const powers: Power[] = [
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
  ];
  const managed = role.outside.flatMap(({ arn }) => FULL_ACCESS.exec(displayText(arn))?.[1] ?? []);
  if (managed.length > 0) {
    powers.push({ shown: `does everything in a service (${listed(managed)})`, statements: [] });
  }
  // Policies of AWS give all of it, and no statement of the app says so.
  const isAdministrator = powers.length === 0 && privilegeInPolicies(role)?.startsWith('an administrator') === true;
  return isAdministrator ? [{ shown: 'is an administrator', statements: [] }] : powers;
}
