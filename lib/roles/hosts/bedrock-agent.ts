import type { Stack } from 'aws-cdk-lib/core';
import { partitionOf } from '../../synth/pseudo-parameters';
import type { HostDefinition } from '../host-definition';

/** What is to be known about an Amazon Bedrock agent (Agents Classic). */
export interface BedrockAgentHostProps {
  /**
   * The name of the Bedrock agent, checked against the agent resource that uses the role.
   *
   * @default - the name is not checked; the trust policy does not depend on it
   */
  readonly agentName?: string;

  /**
   * The `aws:SourceArn` of the trust policy, to be used instead of the library's.
   *
   * The service makes the agent's id when it creates the agent, after the role: until then the pattern has to stay
   * open. Give the exact ARN here once the agent exists. It stands in the contract as given by hand.
   *
   * @default - `arn:<partition>:bedrock:<region>:<account>:agent/*`
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permissions.html
   */
  readonly sourceArn?: string;
}

/** An agent that runs as an Amazon Bedrock agent. It has no baseline: the service needs nothing of its own. */
export function bedrockAgent(props: BedrockAgentHostProps): HostDefinition {
  return {
    kind: 'bedrockAgent',
    label: 'Bedrock agent',
    hostName: props.agentName,
    trust: (stack: Stack) => ({
      service: 'bedrock.amazonaws.com',
      actions: ['sts:AssumeRole'],
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: {
          'aws:SourceArn':
            props.sourceArn ?? `arn:${partitionOf(stack)}:bedrock:${stack.region}:${stack.account}:agent/*`,
        },
      },
    }),
    baseline: () => [],
    platform: () => [],
    workload: {
      type: 'AWS::Bedrock::Agent',
      roleProperty: ['AgentResourceRoleArn'],
      agreed:
        props.agentName === undefined
          ? []
          : [{ path: ['AgentName'], value: props.agentName, fix: 'agentName: agent.hostName' }],
    },
    guardrailNotEnforced:
      'a Bedrock agent makes model calls of its own without the guardrail; set the guardrail on the agent resource',
    functionsByResourcePolicy: true,
    refusedGrants: {},
    notes:
      props.sourceArn === undefined
        ? ['the trust policy names agent/*: the id of a Bedrock agent is not known before the agent exists']
        : [`aws:SourceArn of the trust policy given by hand: ${props.sourceArn}`],
  };
}
