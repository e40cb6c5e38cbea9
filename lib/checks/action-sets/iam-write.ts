import { ESCALATION } from '../../policy/reference/overlay/escalation';
import { actionNames, findAction } from '../../policy/reference/service-reference';
import { ActionSet } from '../judging/grants/allowed-actions';

/** The services that hold identities and what they may do. */
const IDENTITY_SERVICES = ['iam', 'identitystore', 'organizations', 'sso', 'sso-directory'];
/**
 * Rules of their own are about these: `passrole-broad`, `passrole-create` and `assume-broad`; and `human-policy-idiom`
 * about the password of the user who asks, which a role has none of.
 */
const ELSEWHERE: ReadonlySet<string> = new Set(['iam:PassRole', 'iam:ChangePassword', 'sts:AssumeRoot']);

function writing(): string[] {
  return IDENTITY_SERVICES.flatMap((service) =>
    actionNames(service).flatMap((name) => {
      const action = findAction(`${service}:${name}`);
      return action && action.level !== 'Read' && action.level !== 'List' ? [action.name] : [];
    }),
  );
}

/** Actions that change identities, what they may do, or who may become them; in IAM, the organization, SSO, clusters. */
export const IAM_WRITES = new ActionSet(() =>
  [...new Set([...writing(), ...ESCALATION.flatMap(({ actions }) => actions)])].filter(
    (action) => !ELSEWHERE.has(action),
  ),
);
