import type { AppModel } from '../../../access/app/app-model';
import { arnParts } from '../../../access/app/arn-parts';
import { behindArn, spelledArns } from '../../../access/app/resource-arns';
import { literalOf, type PolicyText, text, textKey } from '../../../policy/document/text';
import { fitsShape } from '../../../policy/reference/arn-shape';
import type { ServiceAction } from '../../../policy/reference/service-reference';
import { onceForApp } from '../once-for-app';

/** A pattern of Resource, of which is known what it can be: a value of the template stands with its ARN. */
export interface KnownResource {
  /** As it is written. */
  readonly written: PolicyText;
  readonly arn: PolicyText;
}

const knownOf = onceForApp(() => new WeakMap<PolicyText, KnownResource>());

/** What is known of a pattern of Resource: the type of a resource of the app is, where a value of the template names it. */
export function knownResource(app: AppModel, written: PolicyText): KnownResource {
  const known = knownOf(app);
  let found = known.get(written);
  if (found === undefined) {
    found = { written, arn: sameText(spelledOut(app, written)) };
    known.set(written, found);
  }
  return found;
}

/** Whether a resource can be one that an action takes. Says yes where only the deployment knows. */
export function isOwnResource({ arn }: KnownResource, { resourceTypes }: ServiceAction): boolean {
  return isEverything(arn) || resourceTypes.some(({ arns }) => arns.some((shape) => fitsShape(arn, shape) !== 'no'));
}

const texts = new Map<string, PolicyText>();
const MOST_KEPT = 5000;

/** One object for all texts that are the same: what is known of a text is kept by the object. */
export function sameText(value: PolicyText): PolicyText {
  const key = textKey(value);
  const same = texts.get(key) ?? value;
  if (texts.size >= MOST_KEPT) {
    texts.clear();
  }
  texts.set(key, same);
  return same;
}

/** Whether a text is nothing but wildcards. */
export function isEverything(resource: PolicyText): boolean {
  const [only] = resource;
  return resource.length === 1 && typeof only === 'string' && /^[*?]*\*[*?]*$/.test(only);
}

/** Whether a resource is one that AWS keeps for everybody: a managed policy, its own browsers and interpreters. */
export function belongsToAws(resource: PolicyText): boolean {
  const account = arnParts(resource)?.account;
  return account !== undefined && literalOf(account) === 'aws';
}

/** The ARN of a resource of the app, where a value of the template stands for it, with some name. */
function spelledOut(app: AppModel, resource: PolicyText): PolicyText {
  const place = typeof resource[0] === 'object' ? app.placeOf(resource) : undefined;
  const [spelled] = place ? spelledArns(place.resource) : [];
  if (place === undefined || spelled === undefined) {
    return resource;
  }
  const tail = spelled.tail.map((part) => (typeof part === 'string' ? part : 'name'));
  const region = spelled.global ? '' : 'us-east-1';
  const owner = spelled.service === 's3' ? ':' : `${region}:111122223333`;
  return text(
    `arn:aws:${spelled.service}:${owner}:${tail.join('')}`,
    place.rest.length === 0 ? behindArn(place.resource.type) : place.rest,
  );
}
