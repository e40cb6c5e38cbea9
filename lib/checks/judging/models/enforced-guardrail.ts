import type { AppModel } from '../../../access/app/app-model';
import type { AppResource } from '../../../access/app/app-resource';
import { displayText, literalOf, type PolicyText } from '../../../policy/document/text';

/** Whether the app makes Bedrock put a guardrail on every call of a model from where a resource is deployed. */
export function isGuardedByAccount(app: AppModel, model: PolicyText, from: AppResource): boolean {
  return app
    .ofType('AWS::Bedrock::EnforcedGuardrailConfiguration')
    .some(
      (enforced) => enforced.condition === undefined && isSamePlace(enforced, from) && isAboutModel(enforced, model),
    );
}

/** One configuration is for one region of one account. What is not known is taken as the same. */
function isSamePlace({ template: one }: AppResource, { template: other }: AppResource): boolean {
  const differ = (a: string | undefined, b: string | undefined): boolean =>
    a !== undefined && b !== undefined && a !== b;
  return !differ(one.account, other.account) && !differ(one.region, other.region);
}

/** Whether it takes a model in: by name or as one of all, and not left out again. */
function isAboutModel(enforced: AppResource, model: PolicyText): boolean {
  const named = displayText(model);
  const about = (list: 'IncludedModels' | 'ExcludedModels'): boolean | undefined => {
    const models = enforced.get('ModelEnforcement', list);
    return models.presence === 'never'
      ? undefined
      : models
          .items()
          .flatMap((item) => item.texts())
          .some((item) => /^all$/i.test(literalOf(item) ?? '') || named.includes(displayText(item)));
  };
  return (about('IncludedModels') ?? true) && !(about('ExcludedModels') ?? false);
}
