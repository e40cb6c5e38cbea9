import { Token } from 'aws-cdk-lib/core';
import { literalOf, type PolicyText } from '../../policy/document/text';
import type { IndexedResource, StageIndex } from '../../synth/stage-index';
import type { ScopedAgentRole } from '../scoped-agent-role';

/**
 * Recognises an agent's role in the properties of other resources, however it is spelled: by reference, through an
 * expression over a reference, by name, or by ARN.
 */
export class RoleSpelling {
  private readonly reference: string;
  private readonly literalName?: string;

  public constructor(
    private readonly agent: ScopedAgentRole,
    private readonly index: StageIndex,
  ) {
    this.reference = `{${agent._role.node.path}}.`;
    const name = agent._props.roleName;
    if (name !== undefined && !Token.isUnresolved(name)) {
      this.literalName = name;
    }
  }

  /** Whether a value names the role. */
  public names(value: PolicyText): boolean {
    if (value.some((part) => typeof part !== 'string' && part.atom.includes(this.reference))) {
      return true;
    }
    if (this.literalName === undefined) {
      return false;
    }
    const literal = literalOf(value);
    const last = value.at(-1);
    return (
      literal === this.literalName ||
      (typeof last === 'string' && /:role\//.test(last) && last.endsWith(`/${this.literalName}`))
    );
  }

  /** The resources of the Stage that may name the role, its own ones left out. */
  public *candidates(): Generator<IndexedResource> {
    const own = new Set([
      this.agent._role.node.path,
      ...this.agent._attachments.filled.map((policy) => policy.resource.node.path),
    ]);
    const seen = new Set<string>();
    const found = [
      ...this.index.mentioning(this.agent._role.node.path),
      ...(this.literalName === undefined ? [] : this.index.containing(this.literalName)),
    ];
    for (const resource of found) {
      if (!own.has(resource.path) && !seen.has(resource.path)) {
        seen.add(resource.path);
        yield resource;
      }
    }
  }
}
