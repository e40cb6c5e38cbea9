import type { PolicyText } from '../policy/document/text';
import type { AccessRequest as EvaluatedRequest } from '../policy/evaluate/access-request';
import { parseRequest } from '../policy/evaluate/parse-request';
import { AccessError } from './access-error';
import type { AtomReader } from './atom-reader';

/**
 * One request to AWS, to be decided.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export interface AccessRequest {
  /** One action, such as `s3:GetObject`, in any letter case. No wildcards. */
  readonly action: string;

  /**
   * The ARN that the action is about. It may hold references to resources of the app (`bucket.arnForObjects('a')`).
   *
   * @default - `*`, as for actions without a resource type
   */
  readonly resource?: string;

  /**
   * Who asks: the ARN of a role, a role session, a user or the account's root, a 12-digit account, or an AWS service.
   *
   * @default - somebody whom no policy names, in the account of the resource
   */
  readonly principal?: string;

  /**
   * The 12 digits of the account that owns the resource.
   *
   * @default - the one in the resource's ARN, else the principal's
   */
  readonly resourceAccount?: string;

  /**
   * Exactly the condition keys that the request carries: a string, number, Boolean, or a list of them each. What is not
   * here is not there: a condition on another key fails, unless its operator holds without the key.
   *
   * @default - none
   */
  readonly context?: { readonly [key: string]: unknown };
}

/** A request as the evaluator takes it. Throws `AccessRequestInvalid` when it is no request. */
export function evaluatedRequest(
  { resource = '*', ...request }: AccessRequest,
  atoms: AtomReader,
): EvaluatedRequest & { readonly resource: PolicyText } {
  const { request: parsed, findings } = parseRequest(atoms.json(request));
  const [first] = findings;
  if (parsed === undefined) {
    throw new AccessError(
      'AccessRequestInvalid',
      `the request can't be decided: ${first?.place}: ${first?.message} All but the resource has to be known: give the ` +
        'stack an account and a region (env), or write the value out',
    );
  }
  return { ...parsed, resource: atoms.text(resource) };
}
