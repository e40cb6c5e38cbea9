import type { AppResource } from '../../../access/app/app-resource';
import type { AppStatement } from '../../../access/app/app-statement';
import { literalOf } from '../../../policy/document/text';
import { isRequired } from './narrowing';

/** Whether a statement asks for a tag of the resource that this resource, as the app makes it, does not have. */
export function isOutsideTags({ statement: { conditions } }: AppStatement, resource: AppResource): boolean {
  return conditions.some((condition) => {
    const tag = /^(?:aws|\w+):resourcetag\/(.+)$/i.exec(condition.key)?.[1];
    const wanted = condition.values.map((value) => literalOf(value));
    if (
      tag === undefined ||
      !isRequired(condition, conditions) ||
      wanted.some((value) => value === undefined || /[*?$]/.test(value))
    ) {
      return false;
    }
    return (
      resource.tagPresence(tag) === 'never' ||
      !(resource.tag(tag).length === 0 || resource.tag(tag).some((value) => wanted.includes(value)))
    );
  });
}
