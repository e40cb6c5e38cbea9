import { Token } from 'aws-cdk-lib/core';
import type { PolicyText } from '../policy/document/text';
import { fitsShape } from '../policy/reference/arn-shape';
import { actionsOf, type Need } from '../policy/reference/granted-actions';
import { findAction } from '../policy/reference/service-reference';
import { AgentError } from '../synth/agent-error';
import { shownText } from '../synth/shown-text';
import { tokenText } from '../synth/token-text';
import { shapesOf } from './action-shapes';
import type { AgentGrant } from './agent-grant';

/**
 * The ARN of a property, when it names one resource that the need's actions take.
 *
 * Parts that are not known at synth may be anything; what is written out may hold no wildcard and no policy variable,
 * and has to be of a resource type of the actions: a grant on anything else would be too wide, or dead.
 *
 * @param types the resource types that are meant, where the actions take more than that.
 * @throws `AgentGrantArn` with the ARN got and the forms allowed.
 */
export function exactArn(
  scope: AgentGrant,
  property: string,
  arn: unknown,
  need: Need,
  types?: readonly string[],
): string {
  const actions = actionsOf(need).flatMap((row) => findAction(row.action) ?? []);
  const shapes = [...new Set(actions.flatMap((action) => shapesOf(action, types)))];
  if (typeof arn !== 'string' || arn === '') {
    throw wrong(scope, property, typeof arn === 'string' ? 'an empty text' : kindOf(arn), shapes);
  }
  const text = tokenText(arn, scope);
  const written = writtenOut(text);
  if (/[*?]/.test(written)) {
    throw wrong(scope, property, `'${shownText(text)}' with a wildcard`, shapes);
  }
  if (written.includes('${')) {
    throw wrong(scope, property, `'${shownText(text)}' with a policy variable`, shapes);
  }
  if (!shapes.some((shape) => fitsShape(text, shape) !== 'no')) {
    throw wrong(scope, property, `'${shownText(text)}'`, shapes);
  }
  return arn;
}

/** What was given instead of a value of the right type, for messages. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) {
    return 'nothing';
  }
  if (Token.isUnresolved(value)) {
    return 'a value that is not known at synth';
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'an empty list' : 'a list';
  }
  return typeof value === 'string'
    ? `'${value}'`
    : typeof value === 'object'
      ? 'an object'
      : `${typeof value} ${value}`;
}

/** The parts of a text that are known at synth. */
function writtenOut(text: PolicyText): string {
  return text.map((part) => (typeof part === 'string' ? part : ' ')).join('');
}

function wrong(scope: AgentGrant, property: string, got: string, shapes: readonly string[]): AgentError {
  return new AgentError(
    'AgentGrantArn',
    `${property} must be one resource with an ARN such as ${shapes.join(' or ')}, got ${got}`,
    scope,
  );
}
