import type { AppStatement } from '../../../access/app/app-statement';
import { literalOf } from '../../../policy/document/text';
import { isRequired } from './narrowing';

/**
 * Whether all that a statement gives of some actions is that Bedrock may subscribe in the role's name, which it does when
 * a model is called for the first time: nothing that the role could buy by itself.
 */
export function isOnFirstCall({ statement: { conditions } }: AppStatement, actions: readonly string[]): boolean {
  return (
    actions.every((action) => action.startsWith('aws-marketplace:')) &&
    conditions.some(
      (condition) =>
        /^aws:calledvia(first|last)?$/i.test(condition.key) &&
        isRequired(condition, conditions) &&
        condition.values.every((value) => /^bedrock\.amazonaws\.com/.test(literalOf(value) ?? '')),
    )
  );
}
