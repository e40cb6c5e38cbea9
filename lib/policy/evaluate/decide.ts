import { RequestContext } from '../condition/request-context';
import { type PolicyText, startsWith, text } from '../document/text';
import { splitParts } from '../match/arn-like';
import { lettersOf } from '../match/glob';
import type { AccessRequest } from './access-request';
import { type Caller, parseCaller } from './caller';
import { askLayer, type LayerVerdict } from './layer-verdict';
import type { PolicyDecision } from './policy-decision';
import type { PreparedLayer, PreparedPolicies } from './prepared-policies';
import { rule } from './ruling';
import type { PreparedRequest } from './statement-match';

/**
 * Decides one request, as IAM's documentation describes it:
 *
 * 1. A Deny that applies, in any layer, denies.
 * 2. Every level of resource control policies and of service control policies must allow.
 * 3. In the resource's own account, the resource policy alone can allow; how far depends on how it names the caller.
 *    Otherwise the identity policies must allow, and the boundary and the session policies, where there are any.
 * 4. Across accounts, the resource policy must allow, and the caller's side on its own as well.
 *
 * A role can be assumed only when its trust policy allows, and a KMS key used only when its key policy allows; naming
 * the account there hands the decision to identity policies. A KMS request without a resource policy is decided as if
 * the key policy named the key's account. AWS services and identity providers are judged by the policies of the
 * resource alone. The root user needs no identity policy. Service control policies leave service-linked roles alone.
 */
export function decide(policies: PreparedPolicies, request: AccessRequest): PolicyDecision {
  return decideWith(policies, request, undefined);
}

/**
 * Decides one request as if the policy of the resource left the decision to the caller's account: what the caller's own
 * policies give, for actions too that nobody can use without such a policy (assuming a role, using a key).
 */
export function decideOwnSide(policies: PreparedPolicies, request: AccessRequest): PolicyDecision {
  return decideWith(policies, request, DELEGATION);
}

const DELEGATION: LayerVerdict = {
  name: 'resource',
  denies: [],
  allows: [{ label: 'resource: taken as a policy that names the account; it', naming: 'account' }],
};

/** What a request carries about its caller, whatever else it is. */
function derivedKeys({ principalArn, account }: Caller): Record<string, string> {
  return {
    ...(principalArn === undefined ? {} : { 'aws:PrincipalArn': principalArn }),
    ...(account === undefined ? {} : { 'aws:PrincipalAccount': account }),
  };
}

function decideWith(
  policies: PreparedPolicies,
  request: AccessRequest,
  assumed: LayerVerdict | undefined,
): PolicyDecision {
  const caller = parseCaller(request.principal);
  const resource = text(request.resource ?? '*');
  const prepared: PreparedRequest = {
    action: request.action.toLowerCase(),
    resource,
    caller,
    bounded: policies.boundary !== undefined && caller.kind !== 'outside',
    context: new RequestContext(request.context ?? {}, request.isContextWhole ? {} : derivedKeys(caller)),
  };
  const ask = (layer: PreparedLayer): LayerVerdict => askLayer(layer, prepared);
  const ownSide = caller.kind !== 'outside';
  const own = (layer: PreparedLayer | undefined): LayerVerdict | undefined =>
    ownSide && layer !== undefined ? ask(layer) : undefined;
  const verdicts = {
    identity: own(policies.identity),
    boundary: own(policies.boundary),
    session: own(policies.session),
    resource: assumed ?? (policies.resource && ask(policies.resource)),
    scp: ownSide && !isServiceLinked(caller) ? policies.scp.map(ask) : [],
    rcp: policies.rcp.map(ask),
  };
  const { scp, rcp, ...single } = verdicts;
  const denies = [...Object.values(single), ...scp, ...rcp].flatMap((verdict) => verdict?.denies ?? []);
  if (denies.length > 0) {
    return { decision: 'ExplicitlyDenied', because: denies.map((label) => `${label} denies`) };
  }
  const account = request.resourceAccount ?? accountIn(resource) ?? caller.account;
  const crossAccount = caller.account !== undefined && account !== caller.account;
  const ruling = rule({ ...verdicts, caller, action: prepared.action, crossAccount });
  return { decision: ruling.allowed ? 'Allowed' : 'ImplicitlyDenied', because: [...new Set(ruling.reasons)] };
}

function isServiceLinked({ kind, name }: Caller): boolean {
  return kind === 'role' && /^arn:[^:]+:iam::\d{12}:role\/aws-service-role\//.test(name);
}

/** The account in an ARN; undefined where the ARN has none, or none that is known. */
function accountIn(resource: PolicyText): string | undefined {
  const account = startsWith(resource, 'arn:') ? splitParts(lettersOf(resource))[4] : undefined;
  const written = account?.every((letter) => typeof letter === 'string') ? account.join('') : '';
  return /^\d{12}$/.test(written) ? written : undefined;
}
