import { displayText, literalOf, type PolicyText } from '../../policy/document/text';
import type { AppStatement } from './app-statement';

/** The services that an Allow names as principals, without their domain: `lambda`, `bedrock-agentcore`. */
export function servicesIn({ statement }: AppStatement): string[] {
  const { principal } = statement;
  if (statement.effect !== 'Allow' || principal === undefined || principal.negated) {
    return [];
  }
  return principal.entries.flatMap(({ type, id }) => (type === 'Service' ? [serviceName(id)] : []));
}

/** `lambda` for `lambda.amazonaws.com`, in any partition, and with the region in between. */
export function serviceName(principal: PolicyText): string {
  const shown = displayText(principal).toLowerCase();
  return shown
    .replace(/\.(amazonaws\.com(\.cn)?|<aws::urlsuffix>)$/, '')
    .replace(/\.((us|eu|ap|sa|ca|me|af|il|mx|cn)(-[a-z]+)+-\d|<aws::region>)$/, '');
}

/** The principals of an Allow that are people: SSO roles, SAML providers, IAM users. Shown as they are written. */
export function humanPrincipals({ statement }: AppStatement): string[] {
  const { principal } = statement;
  if (statement.effect !== 'Allow' || principal === undefined || principal.negated) {
    return [];
  }
  const named = principal.entries.filter(({ type, id }) => isHuman(type, id)).map(({ id }) => displayText(id));
  const conditional = statement.conditions
    .filter(({ key, operator }) => key.toLowerCase() === 'aws:principalarn' && !operator.negated)
    .flatMap(({ values }) => values.filter(isHumanArn).map(displayText));
  return [...new Set([...named, ...conditional])];
}

function isHuman(type: string, id: PolicyText): boolean {
  return type === 'Federated' ? isSaml(id) : type === 'AWS' && isHumanArn(id);
}

function isSaml(id: PolicyText): boolean {
  return /:saml-provider\//.test(displayText(id));
}

function isHumanArn(id: PolicyText): boolean {
  const shown = displayText(id);
  return (
    /AWSReservedSSO_|:user\/|:role\/aws-reserved\/sso\.amazonaws\.com/.test(shown) ||
    literalOf(id) === 'AWSReservedSSO_*'
  );
}
