import type { PrincipalElement, PrincipalEntry } from '../document/policy-document';
import { literalOf } from '../document/text';
import type { Caller } from './caller';

/**
 * How a resource policy names the caller. It matters in the caller's own account:
 *
 * - `everyone`, `itself` (the very user or session): grants directly; no missing Allow elsewhere limits it.
 * - `role`: grants to the role; its sessions stay within boundary and session policies.
 * - `account`: hands the decision to the account, so an identity policy must allow too.
 */
export type Naming = 'everyone' | 'itself' | 'role' | 'account';

const STRONGEST_FIRST: readonly Naming[] = ['everyone', 'itself', 'role', 'account'];

/**
 * How Principal or NotPrincipal applies to the caller; undefined when it does not.
 *
 * NotPrincipal spares a caller only when every name of the caller is listed: the session, its role or the user, and the
 * account. That is how IAM's documentation says to write it, since IAM may check each of them in turn.
 *
 * @param bounded Whether the caller has a permissions boundary. NotPrincipal then never spares a user or a role.
 */
export function namingOf(principal: PrincipalElement, caller: Caller, bounded: boolean): Naming | undefined {
  const namings = principal.entries.flatMap((entry) => entryNaming(entry, caller) ?? []);
  if (principal.negated) {
    const spared = principal.everyone || (!bounded && sparingNames(caller).every((name) => namings.includes(name)));
    return spared ? undefined : 'everyone';
  }
  return principal.everyone ? 'everyone' : STRONGEST_FIRST.find((naming) => namings.includes(naming));
}

function entryNaming(entry: PrincipalEntry, caller: Caller): Naming | undefined {
  const id = literalOf(entry.id);
  if (id === undefined || entry.type === 'CanonicalUser') {
    return undefined;
  }
  if (entry.type !== 'AWS') {
    return caller.kind === 'outside' && id === caller.name ? 'itself' : undefined;
  }
  if (caller.account === undefined) {
    return undefined;
  }
  const arn = /^arn:[^:]+:iam::(\d{12}):(root$|role\/.*)/.exec(id);
  if (id === caller.account || (arn?.[1] === caller.account && arn[2] === 'root')) {
    return 'account';
  }
  if (id === caller.name) {
    return caller.kind === 'role' ? 'role' : 'itself';
  }
  // A session's ARN does not tell the role's path, and names of roles are unique in an account.
  const named = arn?.[1] === caller.account && arn[2]?.split('/').at(-1) === caller.roleName;
  return named ? 'role' : undefined;
}

/** The names that NotPrincipal must list to spare the caller. */
function sparingNames(caller: Caller): readonly Naming[] {
  switch (caller.kind) {
    case 'session':
      return ['itself', 'role', 'account'];
    case 'role':
      return ['role', 'account'];
    case 'user':
    case 'federated-user':
      return ['itself', 'account'];
    case 'root':
    case 'member':
      return ['account'];
    default:
      return ['itself'];
  }
}
