import {
  CfnElement,
  DefaultTokenResolver,
  type IFragmentConcatenator,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  Reference,
  Stack,
  Tokenization,
} from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { type PolicyText, text } from '../policy/document/text';
import { cfnText, type NameScope, TEXT_MARKER } from './cfn-text';
import { pseudoParameter } from './pseudo-parameters';

/** Turns a reference to another construct's value into a text. */
export type ReferenceReader = (target: CfnElement, attribute: string) => PolicyText;

/** The atom of an attribute of a construct: `Ref` for what `{ Ref: ... }` returns. */
export function attributeText(path: string, attribute: string): PolicyText {
  return text({ atom: `${atomPrefix(path)}${attribute}` });
}

/** What every atom of a construct's attributes starts with, and every expression over them holds. */
export function atomPrefix(path: string): string {
  return `{${path.replace(/["%\\{}]/g, encodeURIComponent)}}.`;
}

/** The construct path and the attribute of an atom, where it is one attribute of one construct. */
export function attributeOf(atom: string): { readonly path: string; readonly attribute: string } | undefined {
  const [, path, attribute] = /^\{([^{}"]*)\}\.(.+)$/s.exec(atom) ?? [];
  return path === undefined || attribute === undefined ? undefined : { path: decodeURIComponent(path), attribute };
}

/** The construct paths that an atom speaks of: its own, and those of the names inside an expression. */
export function pathsIn(atom: string): string[] {
  return [...atom.matchAll(/\{([^{}"]+)\}\./g)].map((match) => decodeURIComponent(match[1] ?? ''));
}

const readAsAtom: ReferenceReader = (target, attribute) => attributeText(target.node.path, attribute);

/**
 * A CDK value (a string that may hold tokens, or a token) as a policy text, as seen from `scope`.
 *
 * References are recognised by the construct they point to, before CDK turns them into exports and imports, so the
 * same attribute is the same atom in every stack of the app.
 */
export function tokenText(value: unknown, scope: IConstruct, readReference: ReferenceReader = readAsAtom): PolicyText {
  return cfnText(resolveKeepingReferences(value, scope, readReference), new TokenNames(Stack.of(scope)));
}

/** Resolves lazy values, keeping every reference to a construct as a marked text. */
export function resolveKeepingReferences(
  value: unknown,
  scope: IConstruct,
  readReference: ReferenceReader = readAsAtom,
): unknown {
  return Tokenization.resolve(value, {
    scope,
    preparing: false,
    resolver: new ReferenceKeeper(readReference),
  });
}

/** Names that stand in a value before synthesis: pseudo parameters, and logical ids given by hand. */
export class TokenNames implements NameScope {
  public constructor(private readonly stack: Stack) {}

  public ref(name: string): PolicyText {
    return pseudoParameter(name, this.stack) ?? attributeText(`${this.stack.node.path}#${name}`, 'Ref');
  }

  public attribute(logicalId: string, attribute: string): PolicyText {
    return attributeText(`${this.stack.node.path}#${logicalId}`, attribute);
  }

  public importValue(exportName: PolicyText): PolicyText {
    return text({ atom: `Fn::ImportValue(${JSON.stringify(exportName)})` });
  }
}

/** How CDK marks a reference whose way across stacks was chosen by hand; the reference itself is inside. */
const COUPLED = Symbol.for('@aws-cdk/core.CustomCoupledReference');

class ReferenceKeeper extends DefaultTokenResolver {
  public constructor(private readonly readReference: ReferenceReader) {
    super(new JoinConcatenator());
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    const reference: unknown = COUPLED in token && 'reference' in token ? token.reference : token;
    if (Reference.isReference(reference) && CfnElement.isCfnElement(reference.target)) {
      return { [TEXT_MARKER]: this.readReference(reference.target, reference.displayName) };
    }
    return super.resolveToken(token, context, postProcessor);
  }
}

class JoinConcatenator implements IFragmentConcatenator {
  public join(left: unknown, right: unknown): unknown {
    if (left === undefined || right === undefined) {
      return left ?? right;
    }
    return typeof left === 'string' && typeof right === 'string' ? left + right : { 'Fn::Join': ['', [left, right]] };
  }
}
