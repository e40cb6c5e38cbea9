import { ANY, compileGlob, type Glob, type GlobToken, lettersOf, matchesGlob, ONE } from '../match/glob';
import { compiledReference, compiledService } from './compiled-reference';
import { actionsLike, findAction } from './service-action';

/**
 * Global keys that only some actions supply. The reference lists those actions, so the keys are not taken for global.
 */
const LISTED_PER_ACTION: ReadonlySet<string> = new Set([
  'aws:RequestTag/${TagKey}',
  'aws:ResourceTag/${TagKey}',
  'aws:TagKeys',
]);

const templates = new Map<string, Glob>();

/**
 * Whether requests for an action can carry a condition key: the action's own keys, those of its resource types, and the
 * global ones. Letter case does not matter, and `aws:ResourceTag/${TagKey}` stands for every tag.
 *
 * False for an action that the reference does not have. True does not mean that every request carries the key.
 */
export function supplies(action: string, conditionKey: string): boolean {
  const asked = `${action.toLowerCase()} ${conditionKey.toLowerCase()}`;
  let known = answers.get(asked);
  if (known === undefined) {
    known = suppliedKeys(action).some((key) => isKey(key, conditionKey));
    if (answers.size < MOST_KEPT) {
      answers.set(asked, known);
    }
  }
  return known;
}

/** Actions and keys of all policies of a large app; what comes beyond is looked up anew. */
const MOST_KEPT = 20_000;
const answers = new Map<string, boolean>();

/** The keys that requests for an action can carry, as the reference spells them; empty for an unknown action. */
export function suppliedKeys(action: string): string[] {
  const known = findAction(action);
  if (known === undefined) {
    return [];
  }
  const keys = [...known.conditionKeys, ...known.resourceTypes.flatMap((type) => type.conditionKeys), ...globalKeys()];
  return [...new Set(keys)];
}

/**
 * Whether the reference does not tell which requests carry a condition key: a service declares it and lists it at none of
 * its actions, as with the keys of AgentCore gateways, the session brings it along to whatever it calls, or only AWS's
 * guides know it.
 */
export function isUnmapped(conditionKey: string): boolean {
  const asked = conditionKey.toLowerCase();
  let known = unmapped.get(asked);
  if (known === undefined) {
    const prefix = asked.split(':')[0] ?? '';
    const declared = (compiledService(prefix)?.keys ?? []).some(([key]) => isKey(key, asked));
    known =
      OF_SESSIONS.has(asked) ||
      OF_GUIDES.test(asked) ||
      (declared && !actionsLike([`${prefix}:*`]).some((action) => supplies(action, asked)));
    if (unmapped.size < MOST_KEPT) {
      unmapped.set(asked, known);
    }
  }
  return known;
}

/** Keys of the role's credentials, which stand in the reference at the service that hands these out. */
const OF_SESSIONS: ReadonlySet<string> = new Set([
  'ec2:roledelivery',
  'ec2:sourceinstancearn',
  'glue:credentialissuingservice',
  'glue:roleassumedby',
  'lambda:sourcefunctionarn',
  'ssm:sourceinstancearn',
]);

/** Keys of AgentCore memory that the guide describes for namespaces in levels, and the reference does not have. */
const OF_GUIDES = /^bedrock-agentcore:namespace(?:path|variable\/.+)$/;
const unmapped = new Map<string, boolean>();

/**
 * The type of a condition key for an action: `String`, `ARN`, `Bool`, `Date`, `IPAddress`, `Numeric`, or `ArrayOf...`
 * when the key can have several values. Undefined when the action does not supply the key.
 */
export function conditionKeyType(action: string, conditionKey: string): string | undefined {
  const service = compiledService(action.split(':')[0] ?? '');
  const name = suppliedKeys(action).find((key) => isKey(key, conditionKey));
  const types = [...(service?.keys ?? []), ...compiledReference().globalKeys];
  return name === undefined ? undefined : types.find(([key]) => key === name)?.[1];
}

/** Whether the written key is one that a key of the reference, possibly with variables, stands for. */
export function isKey(reference: string, written: string): boolean {
  let glob = templates.get(reference);
  if (glob === undefined) {
    const [first = '', ...others] = reference.toLowerCase().split(/\$\{[^}]*\}/);
    const tail = others.flatMap<GlobToken>((literal) => [ONE, ANY, ...lettersOf(literal)]);
    glob = compileGlob([...lettersOf(first), ...tail]);
    templates.set(reference, glob);
  }
  return matchesGlob(glob, written.toLowerCase());
}

function globalKeys(): string[] {
  return compiledReference()
    .globalKeys.map(([name]) => name)
    .filter((name) => !LISTED_PER_ACTION.has(name));
}
