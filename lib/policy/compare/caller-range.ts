import type { Caller } from '../evaluate/caller';
import { ANY, ANY_IN_PART, type GlobToken, lettersOf, ONE_IN_PART } from '../match/glob';
import type { ValueRange } from './value-range';

/** Callers that no policy tells apart. */
export interface CallerGroup {
  readonly members: readonly Caller[];
  /** ARNs of the roles that policies name, by the name of a session. */
  readonly rolesOf: ReadonlyMap<string, readonly string[]>;
  /** Accounts that policies name as principals or in principals. */
  readonly namedAccounts: readonly string[];
  /** ARNs of roles and users that policies name. */
  readonly namedArns: readonly string[];
  /** Names of sessions that policies name. */
  readonly namedSessions: readonly string[];
}

/** Where the ARN of each kind of caller is from, and how its last part begins. */
const RESOURCES: Readonly<Record<string, { readonly service: string; readonly beginning: string }>> = {
  role: { service: 'iam', beginning: 'role/' },
  session: { service: 'iam', beginning: 'role/' },
  user: { service: 'iam', beginning: 'user/' },
  'federated-user': { service: 'sts', beginning: 'federated-user/' },
};

/**
 * What `aws:PrincipalAccount` can be: the account of the callers, or any that no policy names for somebody of an
 * account that none names, for services and for identity providers.
 */
export function accountRange({ members, namedAccounts }: CallerGroup): ValueRange {
  const account = members[0]?.account;
  if (account !== undefined && namedAccounts.includes(account)) {
    const isPossible = (value: string): boolean => value === account;
    return { id: account, language: [lettersOf(account)], borders: [], isPossible, samples: [account] };
  }
  return {
    id: account === undefined ? 'outside' : 'stranger',
    language: [[ANY]],
    borders: namedAccounts.map(lettersOf),
    isPossible: (value) => !namedAccounts.includes(value),
    samples: account === undefined ? [] : [account],
  };
}

/**
 * What `aws:PrincipalArn` can be: the very ARN of somebody that a policy names, any other of the same kind and account
 * for somebody that none names, and nothing in a named account for services and identity providers.
 */
export function arnRange(group: CallerGroup): ValueRange {
  const ranges = group.members.map((member) => memberRange(member, group));
  return {
    id: group.members.map(({ name }) => name).join(' '),
    language: ranges.flatMap(({ language }) => language),
    borders: ranges.flatMap(({ borders }) => borders),
    isPossible: (value) => ranges.some((range) => range.isPossible(value)),
    samples: ranges.flatMap(({ samples }) => samples),
  };
}

function memberRange(member: Caller, group: CallerGroup): Omit<ValueRange, 'id'> {
  const { account, principalArn, roleName } = member;
  const { namedAccounts, namedArns, namedSessions, rolesOf } = group;
  const own = namedArns.includes(member.name) || member.kind === 'root' ? [member.name] : rolesOf.get(member.name);
  if (own !== undefined) {
    return { language: own.map(lettersOf), borders: [], isPossible: (value) => own.includes(value), samples: own };
  }
  if (account === undefined) {
    return {
      language: [[ANY]],
      borders: namedAccounts.map((name) => arnIn(lettersOf(name))),
      isPossible: (value) => !namedAccounts.includes(value.split(':')[4] ?? ''),
      samples: [],
    };
  }
  return roleName !== undefined && principalArn !== undefined && namedSessions.includes(member.name)
    ? roleRange(principalArn, roleName)
    : unnamedRange(member, account, group);
}

/** The role of a session that a policy names: the session's ARN does not tell the role's path. */
function roleRange(principalArn: string, roleName: string): Omit<ValueRange, 'id'> {
  const role: readonly GlobToken[] = lettersOf(principalArn.slice(0, -roleName.length));
  return {
    language: [
      [...role, ...lettersOf(roleName)],
      [...role, ANY, '/', ...lettersOf(roleName)],
    ],
    borders: [],
    isPossible: (value) => value.startsWith(role.join('')) && value.split('/').at(-1) === roleName,
    samples: [principalArn],
  };
}

function unnamedRange(
  { kind, principalArn }: Caller,
  account: string,
  { namedAccounts, namedArns }: CallerGroup,
): Omit<ValueRange, 'id'> {
  const isStranger = !namedAccounts.includes(account);
  const { service, beginning } = RESOURCES[kind] ?? { service: undefined, beginning: '' };
  return {
    language: [
      arnIn(
        isStranger ? [ONE_IN_PART, ANY_IN_PART] : lettersOf(account),
        service === undefined ? [ANY_IN_PART] : lettersOf(service),
        beginning,
      ),
    ],
    borders: [...namedArns.map(lettersOf), ...(isStranger ? namedAccounts.map((name) => arnIn(lettersOf(name))) : [])],
    isPossible: (value) => {
      const [arn, , inService, , inAccount = '', ...resource] = value.split(':');
      return (
        arn === 'arn' &&
        (service === undefined || inService === service) &&
        (isStranger ? inAccount !== '' && !namedAccounts.includes(inAccount) : inAccount === account) &&
        resource.join(':').startsWith(beginning) &&
        !namedArns.includes(value)
      );
    },
    samples: [principalArn ?? `arn:aws:iam::${account}:role/example-role`],
  };
}

function arnIn(
  account: readonly GlobToken[],
  service: readonly GlobToken[] = [ANY_IN_PART],
  beginning = '',
): readonly GlobToken[] {
  const parts: readonly (readonly GlobToken[])[] = [lettersOf('arn'), [ANY_IN_PART], service, [ANY_IN_PART], account];
  return [...parts.flatMap((part) => [...part, ':']), ...lettersOf(beginning), ANY];
}
