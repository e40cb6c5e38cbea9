import type { AppRole } from '../../../access/app/app-role';
import type { AppStatement } from '../../../access/app/app-statement';
import { arnParts } from '../../../access/app/arn-parts';
import { displayText, literalOf, type PolicyText, text } from '../../../policy/document/text';
import { isRequired } from '../conditions/narrowing';
import { takesIn } from '../grants/role-grants';
import { isAtHome } from '../identity/home-accounts';

const PERIMETER = /^(aws:resource(account|orgid|orgpaths)|s3:(resource|dataaccesspoint)account)$/i;
/** No bucket can have this name, so only a pattern of any bucket takes it in. */
const SOME_OBJECT = text({ atom: 'any partition' }, ':s3:::', { atom: 'any bucket' });

/** Whether a pattern of Resource takes in objects of any bucket, also of somebody else. */
export function isAnyBucket(resource: PolicyText): boolean {
  const parts = arnParts(resource);
  if (parts === undefined) {
    return takesIn(resource, text('arn:', ...SOME_OBJECT, '/', { atom: 'any key' }));
  }
  if (parts.tail === undefined) {
    return /[*]$/.test(displayText(resource));
  }
  const mayBeS3 = /^s3$|[*?]/.test(displayText(parts.service));
  return mayBeS3 && /^[*?]*\*[*?]*(\/.*)?$/.test(displayText(parts.tail));
}

/** Whether a condition keeps a statement to buckets of the role's own account or organization. */
export function isInside({ statement: { conditions } }: AppStatement, roles: readonly AppRole[]): boolean {
  return conditions.some(
    (condition) =>
      PERIMETER.test(condition.key) &&
      isRequired(condition, conditions) &&
      !condition.values.some((value) => isForeign(value, roles)),
  );
}

/** Whether a condition asks for buckets of another account. */
export function isOutside({ statement: { conditions } }: AppStatement, roles: readonly AppRole[]): boolean {
  return conditions.some(
    ({ key, operator, values }) =>
      PERIMETER.test(key) && !operator.negated && values.some((value) => isForeign(value, roles)),
  );
}

function isForeign(account: PolicyText, roles: readonly AppRole[]): boolean {
  return literalOf(account) !== undefined && roles.some((role) => isAtHome(account, role) === 'elsewhere');
}
