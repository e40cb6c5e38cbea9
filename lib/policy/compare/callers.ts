import type { PrincipalElement } from '../document/policy-document';
import { literalOf, textKey } from '../document/text';
import { type Caller, parseCaller } from '../evaluate/caller';
import { PolicyError } from '../evaluate/policy-error';
import { namingOf } from '../evaluate/principal-match';
import type { ComparedStatement } from './compared-policies';
import { FREE, NO, type Truth, YES } from './truth';

/** Somebody who stands for all callers that the policies name, or do not name, in the same way. */
export interface ComparedCaller {
  /** Undefined when nothing depends on the caller. */
  readonly principal: string | undefined;
  readonly account?: string;
  /** Context keys that every request of the caller has, in lower case. */
  readonly derivedKeys: ReadonlySet<string>;
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
  const names = candidates([...elements.values()]);
  const found = new Map<string, ComparedCaller>();
  for (const principal of names) {
    const caller = parseCaller(principal);
    const truths = new Map([...elements].map(([key, element]) => [key, namingTruth(element, caller)]));
    const account = caller.account;
    const derivedKeys = new Set([
      ...(account === undefined ? [] : ['aws:principalaccount']),
      ...(caller.principalArn === undefined ? [] : ['aws:principalarn']),
    ]);
    const signature = `${account ?? ''} ${derivedKeys.size} ${[...truths.values()].join('')}`;
    if (!found.has(signature)) {
      found.set(signature, { principal, ...(account === undefined ? {} : { account }), derivedKeys, truths });
    }
  }
  return [...found.values()];
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

function candidates(elements: readonly PrincipalElement[]): string[] {
  const named = elements.flatMap(({ entries }) => entries.flatMap(({ id }) => literalOf(id) ?? []));
  const stranger = strangeAccount([
    ...named,
    ...elements.flatMap(({ entries }) => entries.map(({ id }) => textKey(id))),
  ]);
  const callers = named.map(callerOf).filter((caller) => caller !== undefined);
  const accounts = [...new Set(callers.flatMap((caller) => caller.account ?? [])), stranger];
  const sessions = callers
    .filter((caller) => caller.kind === 'role')
    .map(({ account, name }) => `arn:aws:sts::${account}:assumed-role/${name.split('/').at(-1)}/example-session`);
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
