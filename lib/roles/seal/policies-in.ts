import type { PolicyText } from '../../policy/document/text';
import { intrinsic } from '../../synth/cfn-text';
import type { IndexedResource, StageIndex } from '../../synth/stage-index';
import { type ReadStatement, readDocument } from '../../synth/statement-text';
import { unfolded } from '../../synth/unfolded';

/** A property that holds a policy document. */
const POLICY_PROPERTY = /polic(y|ies)(document|text)?$/i;

/** One leaf of a resource's properties that is no policy: where it stands, and what it says. */
export interface PlainValue {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** A resource's properties, taken apart: the policy documents in them, and everything else. */
export interface TakenApart {
  readonly statements: readonly ReadStatement[];
  readonly plain: readonly PlainValue[];
}

/**
 * Takes the properties of a resource apart; documents and structures that stand in them as JSON text too.
 *
 * A policy that can't be read is one unreadable statement, when `concerns` says that it matters here.
 */
export function takeApart(
  resource: IndexedResource,
  index: StageIndex,
  concerns: (value: PolicyText) => boolean,
): TakenApart {
  const read = (value: unknown): PolicyText => index.text(value, resource.stack);
  const statements: ReadStatement[] = [];
  const plain: PlainValue[] = [];
  const visit = (value: unknown, path: readonly string[]): void => {
    if (Array.isArray(value)) {
      for (const item of value) {
        visit(item, path);
      }
    } else if (typeof value === 'object' && value !== null && 'Statement' in value) {
      statements.push(...readDocument(value, read));
    } else if (isStructure(value)) {
      for (const [key, item] of Object.entries(value)) {
        visit(item, key.startsWith('Fn::') ? path : [...path, key]);
      }
    } else if (typeof value === 'string' || typeof value === 'object') {
      plain.push({ path, value });
      if (value !== null && POLICY_PROPERTY.test(path.at(-1) ?? '') && concerns(read(value))) {
        statements.push({ unreadable: `${path.join('.')} is a policy that only CloudFormation can put together` });
      }
    }
  };
  visit(unfolded(resource.properties, read), []);
  return { statements, plain };
}

/** Functions whose arguments are structures of the template, and not texts. */
const STRUCTURE = /^Fn::(If|Transform|ForEach::.*)$/;

/** Whether a value has parts of its own; both sides of an `Fn::If` are parts. */
function isStructure(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const call = intrinsic(value);
  return call === undefined || STRUCTURE.test(call.name);
}
