import {
  CfnElement,
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  Reference,
  Stack,
  Tokenization,
} from 'aws-cdk-lib/core';
import { type Json, objectOf } from '../access/app/json';
import { elementsOf } from './stack-elements';

/** What references from other stacks ask of each stack, as outputs with exports. */
export type StackExports = Map<Stack, Record<string, unknown>>;

/**
 * The template of a stack, rendered from its tree without preparing the app, which would change it.
 *
 * A reference into another stack has no export yet. It is rendered as an import of one that is added to `exports`.
 */
export function renderedTemplate(stack: Stack, name: string, exports: StackExports): Json {
  const resolver = new StackResolver(stack, exports);
  const sections: Record<string, Record<string, unknown>> = {};
  for (const element of elementsOf(stack)) {
    const fragment: Json = Tokenization.resolve(element._toCloudFormation(), {
      scope: element,
      resolver,
      preparing: false,
    });
    for (const [section, content] of Object.entries(fragment ?? {})) {
      sections[section] = { ...sections[section], ...objectOf(content) };
    }
  }
  return { Description: name, ...sections };
}

class StackResolver extends DefaultTokenResolver {
  public constructor(
    private readonly consumer: Stack,
    private readonly exports: StackExports,
  ) {
    super(JOINED);
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    const rendered = super.resolveToken(token, context, postProcessor);
    if (!Reference.isReference(token) || !CfnElement.isCfnElement(token.target)) {
      return rendered;
    }
    const producer = Stack.of(token.target);
    const logicalId: unknown = producer.resolve(token.target.logicalId);
    const named = nameIn(rendered);
    if (producer === this.consumer || named === undefined || named.logicalId !== logicalId) {
      return rendered;
    }
    const name = `${producer.node.path}:${named.logicalId}.${named.attribute ?? 'Ref'}`;
    const outputs = this.exports.get(producer) ?? {};
    outputs[name] = { Value: rendered, Export: { Name: name } };
    this.exports.set(producer, outputs);
    return { 'Fn::ImportValue': name };
  }
}

/** What a rendered reference names; nothing where CDK has already led it over to another stack. */
function nameIn(rendered: unknown): { readonly logicalId: unknown; readonly attribute?: unknown } | undefined {
  const { Ref: ref, 'Fn::GetAtt': attribute } = objectOf(rendered);
  if (ref !== undefined) {
    return { logicalId: ref };
  }
  return Array.isArray(attribute) ? { logicalId: attribute[0], attribute: attribute[1] } : undefined;
}

/** Texts with functions in them become `Fn::Join`. */
const JOINED: ConstructorParameters<typeof DefaultTokenResolver>[0] = {
  join(left: unknown, right: unknown): unknown {
    const parts = [...partsOf(left), ...partsOf(right)];
    return parts.length === 1 ? parts[0] : { 'Fn::Join': ['', parts] };
  },
};

function partsOf(value: unknown): unknown[] {
  const joined = objectOf(value)['Fn::Join'];
  return value === undefined
    ? []
    : Array.isArray(joined) && joined[0] === '' && Array.isArray(joined[1])
      ? joined[1]
      : [value];
}
