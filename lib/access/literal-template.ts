import { foldedValue } from './folded-value';
import { type SampleOverrides, sampleNames } from './sample-names';
import type { Template, TemplateEnvironment } from './template';

/**
 * `value`, a part of `template`, with every name replaced by a sample of what it will be in `environment`, so that a
 * policy document can be judged as it stands.
 *
 * One sample stands for all values a name can have: good for asking about requests, not a proof about all of them.
 * Roles are told apart by the names in a template, so read a role's policies first, then make them literal.
 */
export function literalValue(
  value: unknown,
  template: Template,
  environment: TemplateEnvironment,
  overrides: SampleOverrides = {},
): unknown {
  return foldedValue(value, template, sampleNames(template, environment, overrides));
}
