import { CfnManagedPolicy, CfnPolicy, type CfnRole } from 'aws-cdk-lib/aws-iam';
import { type CfnResource, Lazy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AgentError } from '../synth/agent-error';
import { type RenderedSize, renderedSize } from '../synth/rendered-size';
import { POLICY_QUOTA } from './policy-quota';

/** A statement in IAM's JSON form. Values may hold tokens. */
export interface StatementJson {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}

/** A policy of an agent's role, as far as it is filled. */
export interface FilledPolicy {
  readonly kind: 'inline' | 'managed';
  readonly resource: CfnResource;
  readonly statements: readonly StatementJson[];
  readonly size: RenderedSize;
  readonly limit: number;
}

interface OpenPolicy extends FilledPolicy {
  readonly statements: StatementJson[];
  size: RenderedSize;
}

const EMPTY_DOCUMENT = { Version: '2012-10-17', Statement: [] };

/**
 * The policies that an agent's own statements stand in: one inline policy, then managed policies.
 *
 * Statements keep the order in which they are declared. Each goes into the first policy that has room for it, so a
 * grant that is added last moves no other statement.
 */
export class PolicyAttachments {
  private readonly policies: OpenPolicy[] = [];

  public constructor(
    private readonly agent: Construct,
    private readonly role: CfnRole,
  ) {}

  /** The policies in the order they were opened. */
  public get filled(): readonly FilledPolicy[] {
    return this.policies;
  }

  /** Puts one statement into the first policy that has room. */
  public add(statement: StatementJson): void {
    const taken = renderedSize(statement, this.agent);
    const room = this.policies.find((policy) => this.fits(policy, taken)) ?? this.open(statement, taken);
    room.size = grown(room, taken);
    room.statements.push(statement);
  }

  private fits(policy: OpenPolicy, taken: RenderedSize): boolean {
    return grown(policy, taken).characters <= policy.limit;
  }

  private open(statement: StatementJson, taken: RenderedSize): OpenPolicy {
    const kind = this.policies.length === 0 ? 'inline' : 'managed';
    const limit = POLICY_QUOTA[kind];
    const envelope = JSON.stringify(EMPTY_DOCUMENT).length;
    const managed = this.policies.length - (kind === 'inline' ? 0 : 1);
    if (envelope + taken.characters > limit || managed >= POLICY_QUOTA.attachments - POLICY_QUOTA.reserved) {
      throw new AgentError('AgentPolicySize', this.overflow(statement, taken), this.agent);
    }
    const policy: OpenPolicy = {
      kind,
      limit,
      statements: [],
      size: { characters: envelope, upTo: false },
      resource: this.resource(kind, managed, () => policy.statements),
    };
    this.policies.push(policy);
    return policy;
  }

  private resource(kind: 'inline' | 'managed', position: number, statements: () => unknown): CfnResource {
    const document = { Version: '2012-10-17', Statement: Lazy.any({ produce: statements }) };
    return kind === 'inline'
      ? new CfnPolicy(this.agent, 'Policy', {
          policyName: 'AgentAccess',
          policyDocument: document,
          roles: [this.role.ref],
        })
      : new CfnManagedPolicy(this.agent, `Overflow${position + 1}`, {
          description: 'Access of an AI agent, continued from its inline policy',
          policyDocument: document,
          roles: [this.role.ref],
        });
  }

  private overflow(statement: StatementJson, taken: RenderedSize): string {
    const used = this.policies.map((policy) => `${policy.kind} ${sizeInWords(policy.size)} of ${policy.limit}`);
    const free = POLICY_QUOTA.attachments - POLICY_QUOTA.reserved;
    return (
      `statement ${statement.Sid} takes ${sizeInWords(taken)} characters and fits into no policy of the role: ` +
      `${used.length > 0 ? used.join(', ') : 'none used yet'}; a role holds ${POLICY_QUOTA.inline} characters inline and ` +
      `${free} managed policies of ${POLICY_QUOTA.managed} (one more is kept free for incident response); ` +
      'name fewer resources in one grant, or split the agent in two'
    );
  }
}

/** A size for people: `up to` where values are not known yet. */
export function sizeInWords(size: RenderedSize): string {
  return `${size.upTo ? 'up to ' : ''}${size.characters}`;
}

function grown(policy: FilledPolicy, taken: RenderedSize): RenderedSize {
  const comma = policy.statements.length > 0 ? 1 : 0;
  return {
    characters: policy.size.characters + comma + taken.characters,
    upTo: policy.size.upTo || taken.upTo,
  };
}
