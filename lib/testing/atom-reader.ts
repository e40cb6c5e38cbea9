import { App, CfnResource, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { literalOf, type PolicyText } from '../policy/document/text';
import { cfnText, intrinsic } from '../synth/cfn-text';
import { attributeText, resolveKeepingReferences, TokenNames } from '../synth/token-text';

/** Turns values with CDK tokens or CloudFormation functions into what the engine reads: literals and atoms. */
export class AtomReader {
  /** The types of the resources that were referred to, by construct path. */
  public readonly types = new Map<string, string>();
  private readonly names: TokenNames;

  public constructor(private readonly scope: IConstruct = nowhere()) {
    this.names = new TokenNames(Stack.of(scope));
  }

  /** One text. */
  public text(value: unknown): PolicyText {
    return cfnText(this.resolved(value), this.names);
  }

  /** A structure, such as a policy document. Each text with atoms becomes a list of parts, as `parsePolicy` reads it. */
  public json(value: unknown): unknown {
    return this.folded(this.resolved(value));
  }

  private resolved(value: unknown): unknown {
    return resolveKeepingReferences(value, this.scope, (target, attribute) => {
      if (CfnResource.isCfnResource(target)) {
        this.types.set(target.node.path, target.cfnResourceType);
      }
      return attributeText(target.node.path, attribute);
    });
  }

  private folded(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => (intrinsic(item) ? this.whole(item) : this.folded(item)));
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    if (intrinsic(value)) {
      const whole = this.whole(value);
      return typeof whole === 'string' ? whole : [whole];
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.folded(item)]));
  }

  private whole(value: unknown): string | PolicyText {
    const found = cfnText(value, this.names);
    return literalOf(found) ?? found;
  }
}

let elsewhere: Stack | undefined;

/** A stack for values that come without a scope. */
function nowhere(): Stack {
  elsewhere ??= new Stack(new App({ autoSynth: false, analyticsReporting: false }), 'Nowhere');
  return elsewhere;
}
