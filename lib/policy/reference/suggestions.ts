import { closestName } from '../document/closest-name';
import { API_CALLS, SERVICE_NAMES } from './api-names';
import { suppliedKeys } from './condition-keys';
import { actionNames, findAction, servicePrefixes } from './service-action';

/**
 * The action that a name which the reference does not have was most likely meant to be. Finds typing mistakes in the
 * action and in the prefix, names of API calls (`bedrock:Converse`), and what SDKs and clients call a service
 * (`bedrock-runtime`).
 *
 * @returns the name with its prefix, or undefined when nothing is near.
 */
export function suggestAction(text: string): string | undefined {
  const known = findAction(text);
  if (known !== undefined) {
    return known.name;
  }
  const colon = text.indexOf(':');
  const written = text.slice(colon + 1);
  const prefixes = colon < 0 ? servicePrefixes() : nearPrefixes(text.slice(0, colon));
  for (const prefix of prefixes) {
    const exact = findAction(`${prefix}:${written}`)?.name ?? own(API_CALLS, `${prefix}:${written}`);
    if (exact !== undefined) {
      return exact;
    }
  }
  for (const prefix of colon < 0 ? [] : prefixes) {
    const near = closestName(written, actionNames(prefix));
    if (near !== undefined) {
      return `${prefix}:${near}`;
    }
  }
  return undefined;
}

/** The condition key of the action that a written key was most likely meant to be; undefined when none is near. */
export function suggestConditionKey(action: string, key: string): string | undefined {
  const slash = key.indexOf('/');
  const candidates = suppliedKeys(action).map((supplied) =>
    slash < 0 ? supplied : supplied.replace(/\/\$\{[^}]*\}$/, () => key.slice(slash)),
  );
  return closestName(key, candidates);
}

/** Known prefixes that may be meant, the likeliest first. */
function nearPrefixes(written: string): string[] {
  const prefix = written.toLowerCase();
  const prefixes = servicePrefixes();
  if (prefixes.includes(prefix)) {
    return [prefix];
  }
  const related = prefixes
    .filter((known) => prefix.startsWith(`${known}-`) || known.startsWith(`${prefix}-`))
    .sort((a, b) => Math.abs(a.length - prefix.length) - Math.abs(b.length - prefix.length));
  const near = own(SERVICE_NAMES, prefix) ?? closestName(prefix, prefixes);
  return [...new Set([...related, ...(near === undefined ? [] : [near])])];
}

function own(names: Readonly<Record<string, string>>, name: string): string | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(names, key) ? names[key] : undefined;
}
