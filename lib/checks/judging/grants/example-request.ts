import type { AppModel } from '../../../access/app/app-model';
import type { AppStatement } from '../../../access/app/app-statement';
import { displayText, literalOf, type PolicyText } from '../../../policy/document/text';
import { fitsShape } from '../../../policy/reference/arn-shape';
import { findAction } from '../../../policy/reference/service-reference';

/**
 * A request that a statement allows, such as `s3:DeleteObject on arn:aws:s3:::claims/*`: the first of some actions, all
 * of which the statement gives, that takes one of its resources. Undefined where none does for sure.
 */
export function exampleRequest(
  { statement: { resource } }: AppStatement,
  actions: readonly string[],
  app: AppModel,
): string | undefined {
  const [first] = actions;
  if (resource === undefined || resource.negated) {
    return first === undefined ? undefined : `${first} on ${resource === undefined ? '*' : 'any other resource'}`;
  }
  const patterns = resource.patterns.map((pattern) => [displayText(pattern), app.spelled(pattern)] as const);
  for (const action of actions) {
    const shown = patterns.find(([, spelled]) => takes(action, spelled))?.[0];
    if (shown !== undefined) {
      return `${action} on ${shown}`;
    }
  }
  return undefined;
}

function takes(action: string, resource: PolicyText): boolean {
  return (
    /^\*+$/.test(literalOf(resource) ?? '') ||
    (findAction(action)?.resourceTypes ?? []).some(({ arns }) =>
      arns.some((shape) => fitsShape(resource, shape) === 'yes'),
    )
  );
}
