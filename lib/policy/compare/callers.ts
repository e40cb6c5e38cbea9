import type { PrincipalElement } from '../document/policy-document';
import { literalOf, textKey } from '../document/text';
import { type Caller, parseCaller } from '../evaluate/caller';
import { PolicyError } from '../evaluate/policy-error';
import { namingOf } from '../evaluate/principal-match';
import { accountRange, arnRange, type CallerGroup } from './caller-range';
import type { ComparedStatement } from './compared-policies';
import { FREE, NO, type Truth, YES } from './truth';
import type { ValueRange } from './value-range';

/** Somebody who stands for all callers that the policies name, or do not name, in the same way. */
export interface ComparedCaller {
  /** Undefined when nothing depends on the caller. */
  readonly principal: string | undefined;
  readonly account?: string;
  /** Context keys that every request of the caller has, in lower case. */
  readonly derivedKeys: ReadonlySet<string>;
  /** What these keys can be, where that follows from the caller. */
  readonly ranges: ReadonlyMap<string, ValueRange>;
  /** How each principal element applies, by the key of its statement. */
  readonly truths: ReadonlyMap<string, Truth>;
}

/** Accounts that stand for "any other account", and for the one that owns the resource. */
const ORDINARY_ACCOUNTS = ['444455556666', '777788889999', '123456789012', '210987654321'];

/** The callers to ask about: everybody that a policy names, somebody of each account and kind, and a stranger. */
export function comparedCallers(statements: readonly ComparedStatement[]): ComparedCaller[] {
  const elements = new Map<string, PrincipalElement>();
  for (const { principalKey, principal } of statements) {
    if (principalKey !== '' && principal !== undefined) {
      elements.set(principalKey, principal);
    }
  }
  const named = namedCallers([...elements.values()]);
  const groups = new Map<string, { members: Caller[]; truths: ReadonlyMap<string, Truth>; derivedKeys: Set<string> }>();
  for (const principal of candidates(named)) {
    const caller = parseCaller(principal);
    const truths = new Map([...elements].map(([key, element]) => [key, namingTruth(element, caller)]));
    const derivedKeys = new Set([
      ...(caller.account === undefined ? [] : ['aws:principalaccount']),
      ...(caller.principalArn === undefined ? [] : ['aws:principalarn']),
    ]);
    const signature = `${caller.account ?? ''} ${derivedKeys.size} ${[...truths.values()].join('')}`;
    const group = groups.get(signature);
    if (group === undefined) {
      groups.set(signature, { members: [caller], truths, derivedKeys });
    } else {
      group.members.push(caller);
    }
  }
  const names = namesOf(named.callers);
  return [...groups.values()].map(({ members, truths, derivedKeys }) => {
    const [first] = members;
    const group = { ...names, members };
    return {
      principal: first?.name,
      ...(first?.account === undefined ? {} : { account: first.account }),
      derivedKeys,
      ranges: new Map([
        ['aws:principalaccount', accountRange(group)],
        ['aws:principalarn', arnRange(group)],
      ]),
      truths,
    };
  });
}

/** An account that none of the names is in. */
export function strangeAccount(names: Iterable<string | undefined>): string {
  const written = [...names].join(' ');
  let account = ORDINARY_ACCOUNTS.find((candidate) => !written.includes(candidate)) ?? '';
  for (let number = 300_000_000_001; account === ''; number++) {
    account = written.includes(String(number)) ? '' : String(number);
  }
  return account;
}

/** The name of the fact that an entry nobody can resolve names the caller. */
export function principalFact(key: string): string {
  return `atom principal ${key}`;
}

function namingTruth(element: PrincipalElement, caller: Caller): Truth {
  const unknown = element.entries.some((entry) => isUnknown(entry.type, literalOf(entry.id)));
  const applies = namingOf(element, caller, false) !== undefined;
  if (!unknown || (element.negated ? element.everyone : applies)) {
    return applies ? YES : NO;
  }
  return FREE;
}

/** Atoms, canonical users, and ids such as `AIDA...` that only AWS can resolve. */
function isUnknown(type: string, id: string | undefined): boolean {
  return id === undefined || type === 'CanonicalUser' || callerOf(id) === undefined;
}

/** Everybody that the policies name, and an account that they do not. */
interface NamedCallers {
  readonly callers: readonly Caller[];
  readonly stranger: string;
}

function namedCallers(elements: readonly PrincipalElement[]): NamedCallers {
  const named = elements.flatMap(({ entries }) => entries.flatMap(({ id }) => literalOf(id) ?? []));
  const stranger = strangeAccount([
    ...named,
    ...elements.flatMap(({ entries }) => entries.map(({ id }) => textKey(id))),
  ]);
  return { callers: named.map(callerOf).filter((caller) => caller !== undefined), stranger };
}

function candidates({ callers, stranger }: NamedCallers): string[] {
  const accounts = [...new Set(callers.flatMap((caller) => caller.account ?? [])), stranger];
  const sessions = callers.filter((caller) => caller.kind === 'role').map(sessionOf);
  const unnamed = accounts.flatMap((account) => [
    `arn:aws:iam::${account}:role/example-role`,
    `arn:aws:sts::${account}:assumed-role/example-role/example-session`,
    `arn:aws:iam::${account}:user/example-user`,
    `arn:aws:sts::${account}:federated-user/example-user`,
    `arn:aws:iam::${account}:root`,
    account,
  ]);
  const outside = ['example.amazonaws.com', 'id.example.com'];
  return [...new Set([...callers.map(({ name }) => name), ...sessions, ...unnamed, ...outside])];
}

function namesOf(callers: readonly Caller[]): Omit<CallerGroup, 'members'> {
  const rolesOf = new Map<string, string[]>();
  for (const role of callers.filter(({ kind }) => kind === 'role')) {
    rolesOf.set(sessionOf(role), [...(rolesOf.get(sessionOf(role)) ?? []), role.name]);
  }
  const namesOfKind = (...kinds: readonly Caller['kind'][]): string[] =>
    callers.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  return {
    rolesOf,
    namedAccounts: [...new Set(callers.flatMap(({ account }) => account ?? []))],
    namedArns: namesOfKind('role', 'user', 'federated-user'),
    namedSessions: namesOfKind('session'),
  };
}

/** Some session of a role. */
function sessionOf({ account, name }: Caller): string {
  return `arn:aws:sts::${account}:assumed-role/${name.split('/').at(-1)}/example-session`;
}

function callerOf(id: string): Caller | undefined {
  try {
    return parseCaller(id);
  } catch (error) {
    if (error instanceof PolicyError) {
      return undefined;
    }
    throw error;
  }
}
