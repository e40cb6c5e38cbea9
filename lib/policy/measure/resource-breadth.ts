import { type Atom, literalOf, type PolicyText, text } from '../document/text';
import { isWholeType } from '../reference/arn-shape';
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
  const [first, ...more] = resource;
  if (more.length === 0 && typeof first === 'object') {
    return 'unknown';
  }
  const plain = withoutDoubleWildcards(resource);
  const literal = literalOf(plain);
  if (literal === '*') {
    return 'everything';
  }
  const parts = literal?.startsWith('arn') ? literal.split(':') : undefined;
  if (parts && (parts.length < 6 || parts.slice(5).join(':') === '*')) {
    const account = parts[4] ?? '*';
    return account === '*' || account === '' ? 'everything' : 'type';
  }
  const last = plain.at(-1);
  // Every version of every function is every function.
  const unqualified = typeof last === 'string' ? text(...plain.slice(0, -1), last.replace(/:\*$/, '')) : plain;
  const isWhole = (shape: string): boolean => isWholeType(plain, shape) || isWholeType(unqualified, shape);
  return action.resourceTypes.some(({ arns }) => arns.some(isWhole)) ? 'type' : 'named';
}

/** The same pattern with `**` and `?*` written as `*`: what has to have one letter more is not a narrower name. */
export function withoutDoubleWildcards(resource: PolicyText): PolicyText {
  return text(
    ...resource.map((part: string | Atom) => (typeof part === 'string' ? part.replace(/[*?]*\*[*?]*/g, '*') : part)),
  );
}
