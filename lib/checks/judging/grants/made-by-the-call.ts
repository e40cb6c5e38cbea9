import type { PolicyText } from '../../../policy/document/text';
import { isWholeType } from '../../../policy/reference/arn-shape';
import type { ServiceAction } from '../../../policy/reference/service-reference';

const MAKING = /:(?:(?:Create|Run)(.+)|Start(.+(?:Execution|Job)))$/;

/**
 * Whether all that a resource takes in of an action is what the call itself makes, under an id that AWS gives it:
 * `snapshot/*` for `ec2:CreateSnapshot`. No policy can say that with less than a wildcard.
 */
export function isMadeByTheCall(resource: PolicyText, { name, resourceTypes }: ServiceAction): boolean {
  const [, made, started] = MAKING.exec(name) ?? [];
  const noun = (made ?? started)?.toLowerCase().replace(/s$/, '');
  const whole = resourceTypes.filter(({ arns }) => arns.some((shape) => isWholeType(resource, shape)));
  return (
    whole.length > 0 &&
    whole.every(
      (type) =>
        type.name
          .replaceAll(/[^a-z]/gi, '')
          .toLowerCase()
          .replace(/s$/, '') === noun && type.arns.every((shape) => /Id\}$/i.test(shape)),
    )
  );
}
