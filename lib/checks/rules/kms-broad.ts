import type { AppStatement } from '../../access/app/app-statement';
import { arnParts } from '../../access/app/arn-parts';
import { displayText, type PolicyText } from '../../policy/document/text';
import { isRequired } from '../judging/conditions/narrowing';
import { ActionSet, actionsOf } from '../judging/grants/allowed-actions';
import { broadOf } from '../judging/grants/broad-of';
import { fittingGrants } from '../judging/grants/fitting-grants';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const KEY_USES = new ActionSet('kms:Decrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*');
/** Not kms:CreateGrant: services that encrypt for the agent need it. */
const KEY_ADMINISTRATION = new ActionSet(
  'kms:CreateAlias',
  'kms:Delete*',
  'kms:Disable*',
  'kms:Put*',
  'kms:Schedule*',
  'kms:Update*',
);

/** Keys */
export const KMS_BROAD: Rule = {
  name: 'kms-broad',
  group: 'DATA',
  severity: 'error',
  title: 'An agent role uses keys beyond its own.',
  why: 'Who may use every key may read everything that is encrypted and within reach: encryption no longer separates agents.',
  fix: 'Name the key, and bind its use to the service and to the data: AgentKeyGrant writes kms:ViaService and the encryption context.',
  frameworks: ['NIST SP 800-53 AC-6', 'CSA MAESTRO L2', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 ID'],
  *check(app): Iterable<Observation> {
    for (const grant of fittingGrants(app, app.rolesOf('agent', 'knowledge-base'), KEY_USES)) {
      const resources = isBound(grant.statement) ? [] : broadOf(grant, isEveryKey);
      if (resources.length > 0) {
        yield {
          resource: grant.statement.holder,
          statements: [grant.statement],
          message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} use every key: ${listed(grant.actions)} on ${shownResources(resources)}.`,
          example: exampleOf({ actions: grant.actions, resources }),
        };
      }
    }
    for (const key of app.ofType('AWS::KMS::Key', 'AWS::KMS::ReplicaKey')) {
      for (const statement of app.statements(key.get('KeyPolicy'), key, 'KeyPolicy')) {
        const named = [...new Set(callersNamed(statement).flatMap((caller) => app.roleOf(caller, key) ?? []))];
        const agents = named.filter(({ kinds }) => kinds.has('agent') || kinds.has('knowledge-base'));
        const administers = actionsOf(statement, KEY_ADMINISTRATION);
        if (agents.length > 0 && administers.length > 0) {
          yield {
            resource: key,
            statements: [statement],
            message: `${whereIs(statement)} lets ${listed(agents.map(({ resource }) => resource.title))} administer the key: ${listed(administers)}.`,
            example: `${administers[0] ?? ''} on ${key.title}`,
          };
        }
      }
    }
  },
};

/** Keys that say what a key is used for, or which key. Others, such as kms:CallerAccount, leave every key of the account. */
const BINDING =
  /^(kms:(viaservice|encryptioncontext(keys|:.+)|requestalias|resourcealiases|recipientattestation:.+)|aws:resourcetag\/.+)$/i;

function isBound({ statement: { conditions } }: AppStatement): boolean {
  return conditions.some(
    (condition) =>
      BINDING.test(condition.key) && isRequired(condition, conditions) && !condition.values.some(isAnyService),
  );
}

/** `*.us-east-1.amazonaws.com`: by way of whatever service. */
function isAnyService(value: PolicyText): boolean {
  return /^[*?]*\*[*?]*(\.[^.]+)?\.amazonaws\.com(\.cn)?$/.test(displayText(value));
}

/** Nothing but wildcards and the dashes of an id, such as `key/mrk-*` and `key/????????-*`. */
function isEveryKey(resource: PolicyText): boolean {
  return /^key\/(mrk-)?-*[*?][-*?]*$/.test(displayText(arnParts(resource)?.tail ?? []));
}

/** Whom an Allow of a key policy names: as Principal, or among all others by aws:PrincipalArn. */
function callersNamed({ statement: { effect, principal, conditions } }: AppStatement): PolicyText[] {
  if (effect !== 'Allow' || principal === undefined || principal.negated) {
    return [];
  }
  const arns = conditions.filter(
    (condition) => /^aws:principalarn$/i.test(condition.key) && isRequired(condition, conditions),
  );
  return arns.length > 0
    ? arns.flatMap(({ values }) => values)
    : principal.entries.flatMap(({ type, id }) => (type === 'AWS' ? [id] : []));
}
