import type { IAgentRef } from 'aws-cdk-lib/aws-bedrock';
import { CfnPermission, type IAliasRef, type IFunctionRef, type IVersionRef } from 'aws-cdk-lib/aws-lambda';
import { Names, Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { textKey } from '../policy/document/text';
import type { ScopedAgentRole } from '../roles/scoped-agent-role';
import { AgentError } from '../synth/agent-error';
import { partitionOf } from '../synth/pseudo-parameters';
import { tokenText } from '../synth/token-text';
import { AgentGrant, type AgentGrantProps } from './agent-grant';
import { checkReference } from './checked-reference';
import { exactArn } from './exact-arn';
import { missingOnOtherSide, otherAccount } from './other-account';

/** Which function an agent calls. Exactly one of `function`, `version` and `alias` is given. */
export interface AgentFunctionGrantProps extends AgentGrantProps {
  /**
   * The function: unqualified, or `fn.currentVersion`, or an alias of it. A function gives its unqualified ARN alone,
   * and none of its versions.
   *
   * @default - none; then `version` or `alias` has to be given
   */
  readonly function?: IFunctionRef;

  /**
   * One version, such as a `CfnVersion`.
   *
   * @default - none
   */
  readonly version?: IVersionRef;

  /**
   * One alias, such as a `CfnAlias`.
   *
   * @default - none
   */
  readonly alias?: IAliasRef;

  /**
   * The agent resource, when a Bedrock agent is the host: its exact ARN goes into the function's resource policy.
   *
   * @default - every Bedrock agent of the account and region, as far as the function's policy is concerned
   */
  readonly bedrockAgent?: IAgentRef;
}

interface Target {
  readonly arn: string;
  readonly construct: IConstruct & { readonly env: { readonly account: string; readonly region: string } };
}

/**
 * Lets an agent call one function as a tool.
 *
 * A Bedrock agent calls functions in the service's name: there the function's resource policy gives it, under the
 * function, and the role gets nothing.
 */
export class AgentFunctionGrant extends AgentGrant {
  public constructor(agent: ScopedAgentRole, id: string, props: AgentFunctionGrantProps) {
    super(agent, id, props);
    const target = this.target(props);
    const account = otherAccount(target.construct, agent);
    if (agent._definition.functionsByResourcePolicy) {
      if (account !== undefined) {
        throw new AgentError(
          'AgentFunctionAccount',
          `the function is in account ${account}, so its resource policy can't be written here; let its owner add a ` +
            'statement for bedrock.amazonaws.com with aws:SourceAccount and aws:SourceArn of the agent',
          this,
        );
      }
      this.refuseOtherRegion(target);
      this.refuseTwice(target);
      this.permitService(target, props.bedrockAgent);
      this._declare('AgentFunctionGrant', {
        statements: [],
        levels: ['Write'],
        resourceSide: ['lambda:InvokeFunction'],
      });
      return;
    }
    if (props.bedrockAgent !== undefined) {
      throw new AgentError(
        'AgentGrantHost',
        `bedrockAgent is for agents whose host is a Bedrock agent, this one's is ${agent._definition.label}; leave it out`,
        this,
      );
    }
    this._declare('AgentFunctionGrant', {
      statements: [{ name: '', needs: ['function.invoke'], resources: [target.arn] }],
      notes: this._notes(missingOnOtherSide(account, "the function's resource policy (lambda:InvokeFunction)", agent)),
    });
  }

  private target(props: AgentFunctionGrantProps): Target {
    const targets: Target[] = [];
    if (props.function !== undefined) {
      checkReference(this, 'function', props.function, 'functionRef');
      targets.push({ arn: props.function.functionRef.functionArn, construct: props.function });
    }
    if (props.version !== undefined) {
      checkReference(this, 'version', props.version, 'versionRef');
      targets.push({ arn: props.version.versionRef.functionArn, construct: props.version });
    }
    if (props.alias !== undefined) {
      checkReference(this, 'alias', props.alias, 'aliasRef');
      targets.push({ arn: props.alias.aliasRef.aliasArn, construct: props.alias });
    }
    const [only] = targets;
    if (targets.length !== 1 || only === undefined) {
      throw new AgentError(
        'AgentFunctionTarget',
        `exactly one of function, version and alias has to be given, got ${targets.length}`,
        this,
      );
    }
    exactArn(this, 'the function', only.arn, 'function.invoke');
    return only;
  }

  /** A Bedrock agent calls functions of its own region, and their policies can be written there alone. */
  private refuseOtherRegion({ construct }: Target): void {
    const own = Stack.of(this).region;
    const { region } = construct.env;
    if (!Token.isUnresolved(own) && !Token.isUnresolved(region) && own !== region) {
      throw new AgentError(
        'AgentFunctionRegion',
        `the function is in ${region}, and a Bedrock agent calls functions of its own region, ${own}; use a function there`,
        this,
      );
    }
  }

  private refuseTwice({ arn }: Target): void {
    const key = textKey(tokenText(arn, this));
    const known = permitted.get(this.agent) ?? new Map<string, string>();
    permitted.set(this.agent, known);
    const other = known.get(key);
    if (other !== undefined) {
      throw new AgentError(
        'AgentGrantDuplicate',
        `grant '${this.node.id}' (AgentFunctionGrant) of agent '${this.agent.agentName}' gives nothing that grant ` +
          `'${other}' does not give already; remove one`,
        this,
      );
    }
    known.set(key, this.node.id);
  }

  /** The permission stands under the function, so that the agent's host does not have to wait for it. */
  private permitService(target: Target, bedrockAgent: IAgentRef | undefined): void {
    if (bedrockAgent !== undefined) {
      checkReference(this, 'bedrockAgent', bedrockAgent, 'agentRef');
    }
    const stack = Stack.of(this.agent);
    const elsewhere = bedrockAgent !== undefined && Stack.of(bedrockAgent) !== Stack.of(target.construct);
    const scope = elsewhere ? bedrockAgent : target.construct;
    new CfnPermission(scope as never, `InvokedBy${Names.nodeUniqueId(this.node)}`, {
      action: 'lambda:InvokeFunction',
      functionName: target.arn,
      principal: 'bedrock.amazonaws.com',
      sourceAccount: stack.account,
      sourceArn:
        bedrockAgent?.agentRef.agentArn ?? `arn:${partitionOf(stack)}:bedrock:${stack.region}:${stack.account}:agent/*`,
    });
  }
}

/** The functions whose policies let an agent in, with the grant that asked for it. */
const permitted = new WeakMap<ScopedAgentRole, Map<string, string>>();
