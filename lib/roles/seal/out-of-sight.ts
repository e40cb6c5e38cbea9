import type { StageIndex } from '../../synth/stage-index';
import type { RoleUse } from './role-users';

/** A transform that only adds functions to the template language. */
const HARMLESS_TRANSFORM = 'AWS::LanguageExtensions';

/** What a reader of the contract has to know that could not be judged: it is outside the templates, or no IAM policy. */
export function outOfSight(index: StageIndex, uses: readonly RoleUse[]): string[] {
  return [
    ...index.transforms
      .filter(({ name }) => name !== HARMLESS_TRANSFORM)
      .map(({ name, path }) => `the transform ${name} of ${path} may change the template at deployment: not judged`),
    ...uses
      .filter(({ kind }) => kind === 'named')
      .map(
        ({ resource, property }) =>
          `${resource.path} (${resource.type}) names the role in ${property}: that is no IAM policy, and was not judged`,
      ),
  ];
}
