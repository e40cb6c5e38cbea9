import type { Stack } from 'aws-cdk-lib/core';
import type { WorkingSet } from '../../policy/compare/covered';
import { type PolicyText, text } from '../../policy/document/text';
import { partitionOf } from '../../synth/pseudo-parameters';
import type { HostDefinition, PlatformStatement } from '../host-definition';

/** What is to be known about an AgentCore gateway whose role is the agent's. */
export interface AgentCoreGatewayHostProps {
  /**
   * The name of the gateway: 1 to 48 letters and digits with single hyphens between them.
   *
   * Give the gateway this name (`gatewayName: agent.hostName`). The service makes the id from it in lower case.
   */
  readonly gatewayName: string;

  /**
   * The `aws:SourceArn` pattern of the trust policy, to be used instead of the library's.
   *
   * It stands in the contract as given by hand.
   *
   * @default - `arn:<partition>:bedrock-agentcore:<region>:<account>:gateway/<gatewayName, lower case>-??????????`
   */
  readonly sourceArn?: string;
}

const TARGETS =
  'a gateway calls its targets, not models or knowledge bases; AWS documents no such statement for its role';

/**
 * CDK's gateway widens two needs that the user has declared exactly: it invokes every version of a target's function,
 * and it uses the gateway's key in every way.
 */
const PLATFORM: readonly PlatformStatement[] = [
  {
    actions: ['lambda:InvokeFunction'],
    resource: (resource, declared) => {
      const every = withoutVersionWildcard(resource);
      return every !== undefined && declared.gives('lambda:InvokeFunction', every);
    },
    instead: 'function.invoke',
  },
  {
    actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    resource: (resource, declared) => givesKey(declared, resource),
    instead: 'key.decrypt',
  },
];

function withoutVersionWildcard(resource: PolicyText): PolicyText | undefined {
  const last = resource.at(-1);
  return typeof last === 'string' && last.endsWith(':*')
    ? text(...resource.slice(0, -1), last.slice(0, -2))
    : undefined;
}

function givesKey(declared: WorkingSet, key: PolicyText): boolean {
  return ['kms:Decrypt', 'kms:GenerateDataKey'].some((action) => declared.gives(action, key));
}

/** A gateway of Amazon Bedrock AgentCore that acts for an agent. It has no baseline: its targets are its needs. */
export function agentCoreGateway(props: AgentCoreGatewayHostProps): HostDefinition {
  return {
    kind: 'agentCoreGateway',
    label: 'AgentCore Gateway',
    hostName: props.gatewayName,
    trust: (stack: Stack) => ({
      service: 'bedrock-agentcore.amazonaws.com',
      actions: ['sts:AssumeRole'],
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: {
          'aws:SourceArn':
            props.sourceArn ??
            `arn:${partitionOf(stack)}:bedrock-agentcore:${stack.region}:${stack.account}:gateway/${props.gatewayName.toLowerCase()}-??????????`,
        },
      },
    }),
    baseline: () => [],
    platform: () => PLATFORM,
    workload: {
      type: 'AWS::BedrockAgentCore::Gateway',
      roleProperty: ['RoleArn'],
      agreed: [{ path: ['Name'], value: props.gatewayName, fix: 'gatewayName: agent.hostName' }],
    },
    refusedGrants: { AgentModelGrant: TARGETS, AgentKnowledgeBaseGrant: TARGETS },
    notes: props.sourceArn === undefined ? [] : [`aws:SourceArn of the trust policy given by hand: ${props.sourceArn}`],
  };
}
