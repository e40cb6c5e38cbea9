import { displayText, literalOf, type PolicyText } from '../../policy/document/text';
import { actionGlob, matchesAction } from '../../policy/match/action-glob';
import type { AppModel } from './app-model';
import type { AppStatement } from './app-statement';
import { arnParts } from './arn-parts';

/** The services that an Allow names as principals, without their domain: `lambda`, `bedrock-agentcore`. */
export function servicesIn(statement: AppStatement): string[] {
  return statement.statement.effect === 'Allow' ? servicesNamed(statement) : [];
}

/** The same for a statement with any effect. */
export function servicesNamed({ statement: { principal } }: AppStatement): string[] {
  if (principal === undefined || principal.negated) {
    return [];
  }
  return principal.entries.flatMap(({ type, id }) => (type === 'Service' ? [serviceName(id)] : []));
}

/** The domains of services by partition. A template may ask for it: `Ref AWS::URLSuffix`. */
const DOMAIN = /\.(amazonaws\.(com(\.cn)?|eu)|(c2s|sc2s)\.[a-z]+\.gov|<[^>]*aws::urlsuffix>)$/;
const REGION = /\.((us|eu|ap|sa|ca|me|af|il|mx|cn|eusc)(-[a-z]+)+-\d|<[^>]*aws::region>)$/;

/** `lambda` for `lambda.amazonaws.com`, in any partition, and with the region in between. */
export function serviceName(principal: PolicyText): string {
  return displayText(principal).toLowerCase().replace(DOMAIN, '').replace(REGION, '');
}

/**
 * The principals of an Allow that are people: SSO roles, SAML providers, IAM users. Shown as they are written.
 *
 * @param app Finds the users and providers that the template makes itself.
 */
export function humanPrincipals({ statement, holder }: AppStatement, app?: Pick<AppModel, 'resourceOf'>): string[] {
  const { principal } = statement;
  if (statement.effect !== 'Allow' || principal === undefined || principal.negated) {
    return [];
  }
  const bySaml = statement.action.patterns.map(actionGlob);
  const onlySaml =
    !statement.action.negated &&
    bySaml.some((glob) => matchesAction(glob, WITH_SAML)) &&
    !bySaml.some((glob) => matchesAction(glob, WITH_WEB_IDENTITY));
  const isHuman = (type: string, id: PolicyText): boolean => {
    const made = app?.resourceOf(id, holder)?.type;
    return type === 'Federated'
      ? onlySaml || made === 'AWS::IAM::SAMLProvider' || /:saml-provider\//i.test(displayText(id))
      : type === 'AWS' && (made === 'AWS::IAM::User' || isHumanArn(id));
  };
  const named = principal.entries.filter(({ type, id }) => isHuman(type, id)).map(({ id }) => displayText(id));
  const conditional = statement.conditions
    .filter(({ operator }) => !operator.negated && operator.family !== 'Null')
    .flatMap(({ key, values }) => {
      const isPerson = PEOPLE_BY_KEY.get(key.toLowerCase());
      return isPerson === undefined ? [] : values.filter(isPerson).map(displayText);
    });
  return [...new Set([...named, ...conditional])];
}

const WITH_SAML = 'sts:AssumeRoleWithSAML';
const WITH_WEB_IDENTITY = 'sts:AssumeRoleWithWebIdentity';

/** A role that IAM Identity Center made for people, an IAM user, or a session of either. */
function isHumanArn(id: PolicyText): boolean {
  const shown = displayText(id);
  const tail = displayText(arnParts(id)?.tail ?? []);
  return (
    /AWSReservedSSO|role\/aws-reserved\//i.test(shown) || /^(user|federated-user)\//.test(tail) || /:user\//.test(shown)
  );
}

/** Keys that tell who asks, and which of their values mean people. */
const PEOPLE_BY_KEY: ReadonlyMap<string, (value: PolicyText) => boolean> = new Map([
  ['aws:principalarn', isHumanArn],
  // Only IAM users have this key.
  ['aws:username', (value) => literalOf(value) !== ''],
  ['aws:principaltype', (value) => /^(iam)?user$|^federateduser$/i.test(literalOf(value) ?? '')],
  ['aws:userid', (value) => /^AIDA|@/.test(displayText(value))],
]);
