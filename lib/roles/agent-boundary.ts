import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Lazy, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ASSUME_ROLE_DENIAL, BOUNDARY_DENIALS } from './boundary-denials';

const ID = 'LeastAgencyBoundary';
const CEILING = 'the boundary is a ceiling: it gives nothing, and denies below what no agent may ever do';

/**
 * The library's permissions boundary: one unnamed managed policy per stack, for all its agents.
 *
 * It allows everything and denies what no agent may ever do; see docs/decisions for each denial. An agent's access is
 * what its grants give and this leaves.
 */
export class AgentBoundary extends Construct {
  /** The boundary of the stack that `scope` is in; made with the first agent of the stack. */
  public static of(scope: Construct): AgentBoundary {
    const stack = Stack.of(scope);
    return (stack.node.tryFindChild(ID) as AgentBoundary | undefined) ?? new AgentBoundary(stack, ID);
  }

  /** The managed policy. */
  public readonly resource: CfnManagedPolicy;
  /** The ARN of the managed policy. */
  public readonly policyArn: string;
  private readonly assumableRoles = new Set<string>();

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    this.resource = new CfnManagedPolicy(this, 'Resource', {
      description: 'Permissions boundary of AI agents: a ceiling that gives nothing',
      policyDocument: Lazy.any({ produce: () => this.document() }),
    });
    this.policyArn = this.resource.ref;
    Validations.of(this.resource).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-IAM5[Action::*]', reason: CEILING },
      { id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]', reason: CEILING },
    );
  }

  /** Leaves a declared role out of the denial of `sts:AssumeRole`. The agent's own grant is still needed. */
  public leaveAssumable(roleArn: string): void {
    this.assumableRoles.add(roleArn);
  }

  /** The document as it was made. */
  public document(): unknown {
    const declared = [...this.assumableRoles];
    return {
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Ceiling', Effect: 'Allow', Action: '*', Resource: '*' },
        ...BOUNDARY_DENIALS.map(({ sid, actions }) => ({ Sid: sid, Effect: 'Deny', Action: actions, Resource: '*' })),
        {
          Sid: ASSUME_ROLE_DENIAL.sid,
          Effect: 'Deny',
          Action: ASSUME_ROLE_DENIAL.action,
          ...(declared.length > 0 ? { NotResource: declared } : { Resource: '*' }),
        },
      ],
    };
  }
}
