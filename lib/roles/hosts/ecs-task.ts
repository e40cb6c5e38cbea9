import type { Stack } from 'aws-cdk-lib/core';
import { partitionOf } from '../../synth/pseudo-parameters';
import type { HostDefinition } from '../host-definition';

/** What is to be known about an ECS task that runs an agent. */
export interface EcsTaskHostProps {
  /**
   * The family of the task definition, checked against the one that uses the role.
   *
   * @default - the family is not checked; the trust policy does not depend on it
   */
  readonly family?: string;

  /**
   * The `aws:SourceArn` pattern of the trust policy, to be used instead of the library's.
   *
   * It stands in the contract as given by hand. A cluster's ARN does not work here.
   *
   * @default - `arn:<partition>:ecs:<region>:<account>:*`, the form that AWS documents
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
   */
  readonly sourceArn?: string;
}

/**
 * An agent that runs as an Amazon ECS task, with its role as the task role.
 *
 * It has no baseline: the task execution role, another role, pulls the image and writes the logs.
 */
export function ecsTask(props: EcsTaskHostProps): HostDefinition {
  return {
    kind: 'ecsTask',
    label: 'ECS task',
    hostName: props.family,
    trust: (stack: Stack) => ({
      service: 'ecs-tasks.amazonaws.com',
      actions: ['sts:AssumeRole'],
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: {
          'aws:SourceArn': props.sourceArn ?? `arn:${partitionOf(stack)}:ecs:${stack.region}:${stack.account}:*`,
        },
      },
    }),
    baseline: () => [],
    platform: () => [],
    workload: {
      type: 'AWS::ECS::TaskDefinition',
      roleProperty: ['TaskRoleArn'],
      agreed:
        props.family === undefined ? [] : [{ path: ['Family'], value: props.family, fix: 'family: agent.hostName' }],
    },
    refusedGrants: {},
    notes:
      props.sourceArn === undefined
        ? ['the trust policy names every ECS task of the account and region: AWS documents no narrower source']
        : [`aws:SourceArn of the trust policy given by hand: ${props.sourceArn}`],
  };
}
