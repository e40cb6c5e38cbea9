import type { ILogGroupRef } from 'aws-cdk-lib/aws-logs';
import type { Stack } from 'aws-cdk-lib/core';
import { partitionOf } from '../../synth/pseudo-parameters';
import type { DeclaredStatement } from '../declared-statement';
import type { AgreedProperty, HostDefinition, PlatformStatement } from '../host-definition';

/** What is to be known about a Lambda function that runs an agent. */
export interface LambdaFunctionHostProps {
  /**
   * The log group that the function writes to. Give the function the same one (`logGroup`).
   *
   * The role may write to this group and can't create one.
   */
  readonly logGroup: ILogGroupRef;

  /**
   * Whether the function is attached to a VPC. Lambda then manages network interfaces with the function's role.
   *
   * AWS asks for these actions on all resources. The statement is limited to calls that the Lambda service makes: the
   * function's own code can't use it.
   *
   * @default false
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
   */
  readonly vpc?: boolean;

  /**
   * Whether the function writes traces to AWS X-Ray.
   *
   * @default false
   */
  readonly tracing?: boolean;

  /**
   * The name of the function, checked against the function that uses the role.
   *
   * @default - the name is not checked; the trust policy does not depend on it
   */
  readonly functionName?: string;
}

/**
 * An agent that runs in a Lambda function.
 *
 * The trust policy carries no `aws:SourceArn` and no `aws:SourceAccount`: Lambda is not known to send them when it
 * assumes an execution role, and a condition on a missing key would lock the function out.
 */
export function lambdaFunction(props: LambdaFunctionHostProps): HostDefinition {
  return {
    kind: 'lambdaFunction',
    label: 'Lambda function',
    hostName: props.functionName,
    trust: () => ({ service: 'lambda.amazonaws.com', actions: ['sts:AssumeRole'] }),
    baseline: (stack) => baseline(props, stack),
    platform: () => platform(props),
    workload: { type: 'AWS::Lambda::Function', roleProperty: ['Role'], agreed: agreed(props) },
    refusedGrants: {},
    notes: ['the trust policy has no source condition: Lambda is not known to send one'],
  };
}

function baseline(props: LambdaFunctionHostProps, stack: Stack): DeclaredStatement[] {
  const group = `arn:${partitionOf(stack)}:logs:${stack.region}:${stack.account}:log-group`;
  const statements: DeclaredStatement[] = [
    {
      name: 'Logs',
      needs: ['lambda.logs'],
      resources: [`${group}:${props.logGroup.logGroupRef.logGroupName}:log-stream:*`],
      wildcard: 'Lambda names the log streams; the pattern matches those of this log group alone',
    },
  ];
  if (props.vpc) {
    statements.push({
      name: 'Network',
      needs: ['lambda.network', 'lambda.network-list'],
      resources: ['*'],
      conditions: { Null: { 'lambda:SourceFunctionArn': 'true' } },
    });
  }
  if (props.tracing) {
    statements.push({ name: 'Traces', needs: ['lambda.traces'], resources: ['*'] });
  }
  return statements;
}

function platform(props: LambdaFunctionHostProps): PlatformStatement[] {
  return props.tracing
    ? [
        {
          actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
          resource: /^\*$/,
          instead: 'lambda.traces',
        },
      ]
    : [];
}

function agreed(props: LambdaFunctionHostProps): AgreedProperty[] {
  const properties: AgreedProperty[] = [
    {
      path: ['LoggingConfig', 'LogGroup'],
      value: props.logGroup.logGroupRef.logGroupName,
      fix: 'logGroup: the log group that the host was given',
    },
  ];
  if (props.functionName !== undefined) {
    properties.push({ path: ['FunctionName'], value: props.functionName, fix: 'functionName: agent.hostName' });
  }
  return properties;
}
