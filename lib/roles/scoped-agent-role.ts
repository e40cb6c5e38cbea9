import * as iam from 'aws-cdk-lib/aws-iam';
import { Annotations, Resource, Stack, Stage, Token } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct, IDependable } from 'constructs';
import { AgentError } from '../synth/agent-error';
import { userSourceLine } from '../synth/source-line';
import { AgentBoundary } from './agent-boundary';
import type { AgentHost } from './agent-host';
import { AgentWorkingSet, type GrantDeclaration } from './agent-working-set';
import { HostAspect } from './host-aspect';
import type { HostDefinition } from './host-definition';
import { PolicyAttachments } from './policy-attachments';
import { agentTags, checkedProps } from './scoped-agent-role-checks';
import type { ScopedAgentRoleProps } from './scoped-agent-role-props';
import { judgeAgent } from './seal/judge-agent';
import type { AgentTags, ForeignRequest } from './sealed-agent';

const SCOPED_AGENT_ROLE = Symbol.for('cdk-least-agency.ScopedAgentRole');

/**
 * The execution role of one agent, which allows exactly what the agent's grants and its host's baseline declare.
 *
 * The role is sealed. What other constructs ask for through it is not attached: it is judged at synth, dropped where
 * a grant covers it, and fails the synth where none does. What reaches the role from outside is judged the same way.
 */
@propertyInjectable
export class ScopedAgentRole extends Resource implements iam.IRole {
  /** Uniquely identifies this class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-least-agency.ScopedAgentRole';

  /** Whether a construct is the role of an agent made by this library. */
  public static isScopedAgentRole(construct: unknown): boolean {
    return typeof construct === 'object' && construct !== null && SCOPED_AGENT_ROLE in construct;
  }

  public readonly assumeRoleAction = 'sts:AssumeRole';
  public readonly grantPrincipal: iam.IPrincipal = this;
  public readonly principalAccount?: string;
  public readonly policyFragment: iam.PrincipalPolicyFragment;
  public readonly roleArn: string;
  public readonly roleName: string;

  /** The stable id of the role, such as `AROA...`. */
  public readonly roleId: string;
  /** The name of the agent. */
  public readonly agentName: string;
  /** Who answers for the agent. */
  public readonly owner: string;
  /** What runs the agent. */
  public readonly host: AgentHost;

  /** @internal */
  public readonly _role: iam.CfnRole;
  /** @internal */
  public readonly _tags: AgentTags;
  /** @internal */
  public readonly _attachments: PolicyAttachments;
  /** @internal */
  public readonly _workingSet: AgentWorkingSet;
  /** @internal */
  public readonly _foreign: ForeignRequest[] = [];
  /** @internal */
  public readonly _boundaryArn: string;
  /**
   * The library's own boundary, where no other was declared.
   *
   * @internal
   */
  public readonly _ceiling?: AgentBoundary;
  /** @internal */
  public readonly _props: ScopedAgentRoleProps;

  public constructor(scope: Construct, id: string, props: ScopedAgentRoleProps) {
    super(scope, id, { physicalName: props.roleName });
    Object.defineProperty(this, SCOPED_AGENT_ROLE, { value: true });
    const sessionSeconds = checkedProps(this, props);
    claimName(this, props.agentName);

    const stack = Stack.of(this);
    this._props = props;
    this.agentName = props.agentName;
    this.owner = props.owner;
    this.host = props.host;
    this.principalAccount = this.env.account;
    this._tags = agentTags(props);
    if (props.permissionsBoundary === undefined) {
      this._ceiling = AgentBoundary.of(this);
      this._boundaryArn = this._ceiling.policyArn;
    } else {
      this._boundaryArn = props.permissionsBoundary.managedPolicyRef.policyArn;
    }
    this._role = new iam.CfnRole(this, 'Resource', {
      roleName: this.physicalName,
      path: props.path,
      description: props.description ?? `Role of the AI agent ${props.agentName}, given by its grants alone`,
      assumeRolePolicyDocument: this._trustDocument(),
      maxSessionDuration: sessionSeconds,
      permissionsBoundary: this._boundaryArn,
      tags: Object.entries(this._tags).map(([key, value]) => ({ key, value })),
    });
    this.roleId = this._role.attrRoleId;
    this.roleArn = this.getResourceArnAttribute(this._role.attrArn, {
      region: '',
      service: 'iam',
      resource: 'role',
      resourceName: `${(props.path ?? '/').slice(1)}${this.physicalName}`,
    });
    this.roleName = this.getResourceNameAttribute(this._role.ref);
    this.policyFragment = new iam.ArnPrincipal(this.roleArn).policyFragment;

    this._attachments = new PolicyAttachments(this, this._role);
    this._workingSet = new AgentWorkingSet(this, this._attachments);
    this._workingSet.declareBaseline(this._definition.baseline(stack));
    HostAspect.watch(this);
    this.node.addValidation({ validate: () => judgeAgent(this) });
  }

  /**
   * The name that the host's resource has to carry, such as `runtimeName: agent.hostName`.
   *
   * An error when the host was declared without a name of its own.
   */
  public get hostName(): string {
    const name = this._definition.hostName;
    if (name === undefined) {
      throw new AgentError(
        'AgentHostName',
        `the host ${this._definition.label} of agent '${this.agentName}' was declared without a name; give it one, ` +
          'or leave the resource to name itself',
        this,
      );
    }
    return name;
  }

  public get roleRef(): iam.RoleReference {
    return { roleArn: this.roleArn, roleName: this.roleName };
  }

  /**
   * Takes note of what another construct asks the role to allow. Nothing is attached: it is judged at synth.
   *
   * The answer is always that the statement was added. Otherwise CDK would write the grant into the policy of the
   * bucket, queue or key instead, past the role.
   */
  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this._foreign.push({ statement, source: userSourceLine() });
    return { statementAdded: true, policyDependable: this._dependable };
  }

  /** Not possible: the role is sealed. Use a grant. */
  public attachInlinePolicy(policy: iam.Policy): void {
    throw this.sealed(`the inline policy ${policy.node.path}`);
  }

  /** Not possible: the role is sealed. Use a grant. */
  public addManagedPolicy(policy: iam.IManagedPolicy): void {
    const arn = Token.isUnresolved(policy.managedPolicyArn) ? 'a managed policy' : policy.managedPolicyArn;
    throw this.sealed(arn);
  }

  /** Lets somebody else do something with this role, such as read it. */
  public grant(grantee: iam.IPrincipal, ...actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.roleArn] });
  }

  /** Lets a deployer hand this role to its host. */
  public grantPassRole(grantee: iam.IPrincipal): iam.Grant {
    return this.grant(grantee, 'iam:PassRole');
  }

  /** Not possible: only the agent's host may assume the role. */
  public grantAssumeRole(_grantee: iam.IPrincipal): iam.Grant {
    throw new AgentError(
      'AgentRoleSealed',
      `only ${this._definition.label} may assume the role of agent '${this.agentName}': an agent's identity is not ` +
        'shared with people or other workloads; give them a role of their own',
      this,
    );
  }

  /** @internal */
  public get _definition(): HostDefinition {
    return this.host._definition;
  }

  /** @internal */
  public _declare(grant: GrantDeclaration): void {
    this._workingSet.declare(grant);
  }

  /** @internal */
  public _leaveAssumable(roleArn: string): void {
    this._ceiling?.leaveAssumable(roleArn);
  }

  /** @internal */
  public _note(id: string, message: string): void {
    Annotations.of(this).addInfoV2(`cdk-least-agency:${id}`, message);
  }

  /** @internal */
  public _trustDocument(): unknown {
    const { service, actions, conditions } = this._definition.trust(Stack.of(this));
    return {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: service },
          Action: actions.length === 1 ? actions[0] : actions,
          ...(conditions ? { Condition: conditions } : {}),
        },
      ],
    };
  }

  private get _dependable(): IDependable {
    return this;
  }

  private sealed(what: string): AgentError {
    return new AgentError(
      'AgentRoleSealed',
      `can't attach ${what} to agent '${this.agentName}': the role allows what its grants declare and nothing else; ` +
        'declare each need with a grant, or with AgentAccessGrant where there is no grant for it yet',
      this,
    );
  }
}

const claimedNames = new WeakMap<object, Map<string, string>>();

/** Agent names are unique within a stage and environment. */
function claimName(agent: ScopedAgentRole, agentName: string): void {
  const stage = Stage.of(agent) ?? agent.node.root;
  const { account, region } = Stack.of(agent);
  const known = (value: string) => (Token.isUnresolved(value) ? 'unknown' : value);
  const name = `${known(account)}/${known(region)}/${agentName}`;
  const names = claimedNames.get(stage) ?? new Map<string, string>();
  claimedNames.set(stage, names);
  const other = names.get(name);
  if (other !== undefined) {
    throw new AgentError(
      'AgentNameTaken',
      `agent name '${agentName}' is already the name of ${other} in this stage and environment; every agent needs a ` +
        'name and a role of its own',
      agent,
    );
  }
  names.set(name, agent.node.path);
}
