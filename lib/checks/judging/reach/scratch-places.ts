import { arnParts } from '../../../access/app/arn-parts';
import { literalOf, type PolicyText, text } from '../../../policy/document/text';
import { takesIn } from '../grants/role-grants';

/** A place for rough work, by the name of its bucket or of a folder. */
const SCRATCH = /(^|[/._-])scratch([/._-]|$)|(^|[/._-])(tmp|temp)([._-][^/]*)?\//i;

/**
 * Whether what a resource names of S3 is for rough work: somebody declared the place, or its name says so. A name says
 * nothing where the bucket is open.
 *
 * @param declared Patterns such as `arn:aws:s3:::bucket/scratch/*`.
 */
export function isScratch(resource: PolicyText, declared: readonly string[]): boolean {
  return (
    declared.some((place) => takesIn(text(place), resource)) ||
    (placeInS3(resource)?.some((part) => SCRATCH.test(part)) ?? false)
  );
}

/** The literal parts of bucket and prefix, up to the first wildcard; undefined for what is not one bucket's. */
function placeInS3(resource: PolicyText): string[] | undefined {
  const parts = arnParts(resource);
  const isBucket = parts !== undefined && literalOf(parts.service) === 's3' && parts.account.length === 0;
  const place = isBucket ? (parts.tail ?? []) : parts === undefined && typeof resource[0] === 'object' ? resource : [];
  const literals = place.flatMap((part) => (typeof part === 'string' ? [part] : []));
  const open = literals.findIndex((part) => /[*?]/.test(part));
  const known = open < 0 ? literals : [...literals.slice(0, open), literals[open]?.split(/[*?]/)[0] ?? ''];
  return known.some((part) => part !== '') ? known : undefined;
}
