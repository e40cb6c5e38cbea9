import { splitParts } from '../match/arn-like';
import { PolicyError } from './policy-error';

/** Who asks, taken apart. */
export interface Caller {
  /**
   * `member` is somebody in an account; `outside` is a service or an identity provider, which has no account, no
   * policies of its own and no service control policies; `nobody` is an unnamed principal.
   */
  readonly kind: 'role' | 'session' | 'user' | 'federated-user' | 'root' | 'member' | 'outside' | 'nobody';
  /** The principal as given. */
  readonly name: string;
  readonly account?: string;
  /** Role sessions only: the role's name, without its path. */
  readonly roleName?: string;
  /** What `aws:PrincipalArn` is for this caller. */
  readonly principalArn?: string;
}

/** Takes a request's principal apart. Throws a `PolicyError` when it is no principal. */
export function parseCaller(principal: string | undefined): Caller {
  if (principal === undefined) {
    return { kind: 'nobody', name: 'the caller' };
  }
  if (/^\d{12}$/.test(principal)) {
    return { kind: 'member', name: principal, account: principal };
  }
  const caller = principal.startsWith('arn:') ? arnCaller(principal) : undefined;
  if (caller !== undefined) {
    return caller;
  }
  if (!principal.startsWith('arn:') && principal.includes('.') && /^[\w.:/-]+$/.test(principal)) {
    return { kind: 'outside', name: principal };
  }
  throw new PolicyError(
    `principal: '${principal}' is no principal; give the ARN of a role, session, user, provider or account root, a ` +
      '12-digit account, or a service such as lambda.amazonaws.com.',
  );
}

function arnCaller(arn: string): Caller | undefined {
  const [, partition = '', service = '', , account = '', resource = ''] = splitParts(Array.from(arn)).map((part) =>
    part.join(''),
  );
  if (!/^\d{12}$/.test(account)) {
    return undefined;
  }
  const [type = '', ...path] = resource.split('/');
  if (path.includes('') || (path.length === 0 && resource !== 'root')) {
    return undefined;
  }
  const caller = { name: arn, account };
  switch (`${service}:${type}`) {
    case 'iam:root':
      return { ...caller, kind: 'root', principalArn: arn };
    case 'iam:role':
      return { ...caller, kind: 'role', principalArn: arn };
    case 'iam:user':
      return { ...caller, kind: 'user', principalArn: arn };
    case 'iam:saml-provider':
    case 'iam:oidc-provider':
      return { kind: 'outside', name: arn };
    case 'sts:federated-user':
      return { ...caller, kind: 'federated-user', principalArn: arn };
    case 'sts:assumed-role': {
      const [roleName = '', sessionName] = path;
      const principalArn = `arn:${partition}:iam::${account}:role/${roleName}`;
      return sessionName === undefined ? undefined : { ...caller, kind: 'session', roleName, principalArn };
    }
    default:
      return undefined;
  }
}
