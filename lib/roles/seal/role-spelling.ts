import { Stack, Token } from 'aws-cdk-lib/core';
import { displayText, literalOf, type PolicyText, text } from '../../policy/document/text';
import { compileGlob, globTokens, matchesGlob } from '../../policy/match/glob';
import { partitionOf } from '../../synth/pseudo-parameters';
import type { IndexedResource, StageIndex } from '../../synth/stage-index';
import { atomPrefix, tokenText } from '../../synth/token-text';
import type { SealedAgent } from '../sealed-agent';

/** A letter that a role's name can have. */
const NAME_LETTER = '[\\w+=,.@-]';

/**
 * Recognises an agent's role in the properties of other resources, however it is spelled: by reference, through an
 * expression over a reference, by name, by ARN or by the ARN of its sessions.
 *
 * A role without a name of its own gets one from CloudFormation; a literal that has the form of that name counts too.
 */
export class RoleSpelling {
  private readonly reference: string;
  private readonly account?: string;
  private readonly name?: PolicyText;
  private readonly made?: RegExp;
  /** Literal pieces one of which stands in every spelling that is not a reference. */
  private readonly pieces: readonly string[];

  public constructor(
    private readonly agent: SealedAgent,
    private readonly index: StageIndex,
  ) {
    const { stackName, account } = Stack.of(agent);
    const role = index.at(agent._role.node.path);
    this.reference = atomPrefix(agent._role.node.path);
    this.account = Token.isUnresolved(account) ? undefined : account;
    if (role?.properties.RoleName !== undefined) {
      this.name = index.text(role.properties.RoleName, role.stack);
      this.pieces = this.name
        .filter((part) => typeof part === 'string')
        .sort((a, b) => b.length - a.length)
        .slice(0, 1);
    } else if (role !== undefined && !Token.isUnresolved(stackName)) {
      // CloudFormation shortens both parts when they are too long together, never below 24 letters.
      const [stack, id] = [stackName.slice(0, 24), role.logicalId.slice(0, 24)];
      this.made = new RegExp(`(^|/)${escaped(stack)}[A-Za-z0-9-]*-${escaped(id)}[A-Za-z0-9]*-[A-Za-z0-9]{8,13}(/|$)`);
      this.pieces = [`-${id}`];
    } else {
      this.pieces = [];
    }
  }

  /** Whether a value names the role, or may turn out to name it. */
  public names(value: PolicyText): boolean {
    return this.index.readings(value).some((reading) => this.refersTo(reading) || this.isSpelled(reading));
  }

  /** Whether a value names the role by more than a bare word that may be the name of anything. */
  public pointsTo(value: PolicyText): boolean {
    return this.names(value) && (this.name === undefined || displayText(value) !== displayText(this.name));
  }

  /** Whether a pattern for the ARN of a caller takes this role in for sure. */
  public matchesPattern(pattern: PolicyText): boolean {
    const stack = Stack.of(this.agent);
    const path = this.agent._props.path ?? '/';
    const arn = text(
      ...tokenText(`arn:${partitionOf(stack)}:iam::${stack.account}:role${path}`, this.agent),
      ...(this.name ?? [{ atom: this.reference }]),
    );
    return literalOf(pattern) !== '*' && matchesGlob(compileGlob(globTokens(pattern)), arn);
  }

  /** The resources of the Stage that may name the role, its own ones left out. */
  public *candidates(): Generator<IndexedResource> {
    const own = new Set([
      this.agent._role.node.path,
      ...this.agent._attachments.filled.map((policy) => policy.resource.node.path),
    ]);
    const found = new Set([
      ...this.index.mentioning(this.agent._role.node.path),
      ...this.pieces.flatMap((piece) => this.index.containing(piece)),
    ]);
    for (const resource of found) {
      if (!own.has(resource.path)) {
        yield resource;
      }
    }
  }

  private refersTo(value: PolicyText): boolean {
    return value.some((part) => typeof part !== 'string' && part.atom.includes(this.reference));
  }

  private isSpelled(value: PolicyText): boolean {
    const shown = displayText(value);
    const arn = /:(?:iam|sts)::(\d{12}):(?:assumed-)?role\//.exec(shown);
    if (arn !== null && this.account !== undefined && arn[1] !== this.account) {
      return false;
    }
    if (this.made?.test(shown)) {
      return true;
    }
    if (this.name === undefined) {
      return false;
    }
    const name = displayText(this.name);
    const inArn = new RegExp(`:(role/(.*/)?${escaped(name)}(?!/|${NAME_LETTER})|assumed-role/${escaped(name)}(/|$))`);
    return (
      shown === name || inArn.test(shown) || value.some((part) => typeof part !== 'string' && holds(part.atom, name))
    );
  }
}

/** Whether an expression has the name as a word of its own, outside the construct paths in it. */
function holds(expression: string, name: string): boolean {
  const literals = expression.replace(/\{[^{}"]*\}\./g, '');
  return new RegExp(`(?<!${NAME_LETTER})${escaped(name)}(?!${NAME_LETTER})`).test(literals);
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
