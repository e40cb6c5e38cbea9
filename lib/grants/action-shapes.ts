import type { ServiceAction } from '../policy/reference/service-reference';

const FUNCTION = 'arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}';

/**
 * The shapes of the ARNs that an action can be given on.
 *
 * Where the reference has a function, the function's versions and aliases come with it: calls of `NAME:7` are decided
 * on the ARN that ends in `:7`, which the reference does not list.
 *
 * @param types the resource types that are meant; all of the action's when left out.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html
 */
export function shapesOf(action: ServiceAction, types?: readonly string[]): string[] {
  const shapes = action.resourceTypes
    .filter(({ name }) => types === undefined || types.includes(name))
    .flatMap(({ arns }) => arns)
    .flatMap((shape) => (shape === FUNCTION ? [shape, `${shape}:\${Qualifier}`] : [shape]));
  return [...new Set(shapes)];
}
