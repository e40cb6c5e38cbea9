import { type Atom, literalOf, type PolicyText, text } from '../document/text';
import { PARTS, splitParts } from '../match/arn-like';
import { type Letter, lettersOf } from '../match/glob';
import { isWholeType, mayBeWholeType } from '../reference/arn-shape';
import type { ServiceAction } from '../reference/service-action';

/**
 * How much a pattern of Resource takes in, for one action:
 *
 * - `everything`: whatever the action can be about, in any account: `*`, `arn:aws:s3:::*`.
 * - `type`: every resource of one of the action's types in some account: `arn:aws:dynamodb:eu-west-1:111122223333:table/*`.
 * - `named`: less than that, by a name, a part of a name, or a value of the template.
 * - `unknown`: the whole ARN is one value that the template does not tell.
 */
export type ResourceBreadth = 'everything' | 'type' | 'named' | 'unknown';

/** How much a pattern of Resource takes in for an action of the reference. */
export function resourceBreadth(resource: PolicyText, action: ServiceAction): ResourceBreadth {
  const { whatever, forms } = readBreadth(resource);
  if (whatever !== undefined) {
    return whatever;
  }
  const isWhole = (shape: string): boolean => forms.some((form) => isWholeType(form, shape));
  return action.resourceTypes.some(({ arns }) => arns.some(isWhole)) ? 'type' : 'named';
}

interface ReadBreadth {
  /** The answer for all actions, where it is the same for all. */
  readonly whatever?: ResourceBreadth;
  /** What has to be held against the types of an action. */
  readonly forms: readonly PolicyText[];
}

const known = new WeakMap<PolicyText, ReadBreadth>();

function readBreadth(resource: PolicyText): ReadBreadth {
  let found = known.get(resource);
  if (found === undefined) {
    const plain = withoutDoubleWildcards(resource);
    const whatever = sameForAll(plain);
    const forms =
      whatever === undefined ? [plain, ...unqualified(plain), ...withoutIdleNames(plain)].filter(mayBeWholeType) : [];
    found = whatever === undefined && forms.length > 0 ? { forms } : { whatever: whatever ?? 'named', forms };
    known.set(resource, found);
  }
  return found;
}

function sameForAll(resource: PolicyText): ResourceBreadth | undefined {
  if (resource.length === 1 && typeof resource[0] === 'object') {
    return 'unknown';
  }
  if (!canBeBroad(resource)) {
    return 'named';
  }
  const literal = literalOf(resource);
  if (literal !== undefined && /^[*:]+$/.test(literal)) {
    return 'everything';
  }
  const [first] = resource;
  const parts = typeof first === 'string' && first.startsWith('arn') ? splitParts(lettersOf(resource)) : undefined;
  const tail = parts?.[PARTS - 1];
  if (parts === undefined || (tail === undefined && literal === undefined)) {
    return undefined;
  }
  if (tail === undefined || isWild(tail) || isAnyObject(parts)) {
    return isWild(parts[ACCOUNT] ?? []) ? 'everything' : 'type';
  }
  return undefined;
}

const SERVICE = 2;
const ACCOUNT = 4;

/** Whether letters are nothing but wildcards, or nothing at all. */
function isWild(letters: readonly Letter[]): boolean {
  return letters.every((letter) => letter === '*' || letter === '?');
}

/** Every object of every bucket of S3, which has one namespace for all accounts: no type of an account, but everything. */
function isAnyObject(parts: readonly (readonly Letter[])[]): boolean {
  const isS3 = parts[SERVICE]?.join('') === 's3' && parts[ACCOUNT]?.length === 0;
  return isS3 && parts[PARTS - 1]?.every((letter) => letter === '*' || letter === '/') === true;
}

/** What stands behind a name and takes nothing off: a version or an alias of any function, an index of any table. */
const QUALIFIED = /:\*$|(?<=:function:\*):[^:]*$|(?<=:table\/\*)\/(?:index|stream)\/.*$/s;

/** Every version of every function is every function. */
function unqualified(resource: PolicyText): PolicyText[] {
  const last = resource.at(-1);
  return typeof last === 'string' && QUALIFIED.test(last)
    ? [text(...resource.slice(0, -1), last.replace(QUALIFIED, ''))]
    : [];
}

/** Whether a resource may take in everything, or a whole type, of what some action can be about. */
export function mayBeBroad(resource: PolicyText): boolean {
  const { whatever } = readBreadth(resource);
  return whatever !== 'named' && whatever !== 'unknown';
}

/** Names of which an account has one only: they take nothing off what is behind them. */
const ONE_EACH = /(:(?:workload-identity-directory|token-vault)\/)default(?=\/)/;
/** A prefix of every bucket takes in every bucket, in whatever account. */
const ANY_BUCKET = /^(.*:s3:::\*\/)/s;

/** The same pattern without what takes nothing off. */
function withoutIdleNames(resource: PolicyText): PolicyText[] {
  const bucket = resource.findIndex((part) => typeof part === 'string' && ANY_BUCKET.test(part));
  const beginning = resource[bucket];
  if (typeof beginning === 'string') {
    return [text(...resource.slice(0, bucket), `${ANY_BUCKET.exec(beginning)?.[1] ?? ''}*`)];
  }
  return resource.some((part) => typeof part === 'string' && ONE_EACH.test(part))
    ? [
        text(
          ...resource.map((part: string | Atom) => (typeof part === 'string' ? part.replace(ONE_EACH, '$1*') : part)),
        ),
      ]
    : [];
}

/** Whether a resource has a `*`, or fewer parts than an ARN, which IAM takes as `*`: without, it is one resource. */
function canBeBroad(resource: PolicyText): boolean {
  if (resource.some((part) => typeof part === 'string' && part.includes('*'))) {
    return true;
  }
  const literal = literalOf(resource);
  return literal?.startsWith('arn') === true && literal.split(':').length < PARTS;
}

const DOUBLE = /[*?]\*|\*\?/;

/** The same pattern with `**` and `?*` written as `*`: what has to have one letter more is not a narrower name. */
export function withoutDoubleWildcards(resource: PolicyText): PolicyText {
  if (!resource.some((part) => typeof part === 'string' && DOUBLE.test(part))) {
    return resource;
  }
  return text(
    ...resource.map((part: string | Atom) => (typeof part === 'string' ? part.replace(/[*?]*\*[*?]*/g, '*') : part)),
  );
}
