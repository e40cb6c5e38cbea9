import { Token } from 'aws-cdk-lib/core';
import type { HostDefinition } from './host-definition';
import { type AgentCoreGatewayHostProps, agentCoreGateway } from './hosts/agent-core-gateway';
import { type AgentCoreRuntimeHostProps, agentCoreRuntime } from './hosts/agent-core-runtime';
import { type BedrockAgentHostProps, bedrockAgent } from './hosts/bedrock-agent';
import { type EcsTaskHostProps, ecsTask } from './hosts/ecs-task';
import { type EksPodIdentityHostProps, eksPodIdentity } from './hosts/eks-pod-identity';
import { type LambdaFunctionHostProps, lambdaFunction } from './hosts/lambda-function';

/**
 * What runs an agent and assumes its role.
 *
 * The host decides the trust policy, the platform baseline (its own logs, metrics, traces, image) and which resource
 * of the app may use the role. At synth that resource has to agree in kind and name.
 */
export class AgentHost {
  /**
   * Amazon Bedrock AgentCore Runtime.
   *
   * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html
   */
  public static agentCoreRuntime(props: AgentCoreRuntimeHostProps): AgentHost {
    literal('runtimeName', props.runtimeName, /^[a-zA-Z][a-zA-Z0-9_]{0,47}$/, RUNTIME_NAME);
    if ((props.repository === undefined) === (props.codeObject === undefined)) {
      throw invalid(
        'AgentHostArtifact',
        `agentCoreRuntime needs exactly one of repository and codeObject, got ${props.repository ? 'both' : 'neither'}; ` +
          'pass the repository of the image (for an image asset: asset.repository), or the archive of the code',
      );
    }
    return new AgentHost(agentCoreRuntime(props));
  }

  /**
   * Amazon Bedrock AgentCore Gateway.
   *
   * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-prerequisites-permissions.html
   */
  public static agentCoreGateway(props: AgentCoreGatewayHostProps): AgentHost {
    literal('gatewayName', props.gatewayName, /^([0-9a-zA-Z]-?){1,48}$/, GATEWAY_NAME);
    return new AgentHost(agentCoreGateway(props));
  }

  /**
   * An Amazon Bedrock agent (Agents Classic).
   *
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permissions.html
   */
  public static bedrockAgent(props: BedrockAgentHostProps = {}): AgentHost {
    return new AgentHost(bedrockAgent(props));
  }

  /**
   * An AWS Lambda function.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
   */
  public static lambdaFunction(props: LambdaFunctionHostProps): AgentHost {
    return new AgentHost(lambdaFunction(props));
  }

  /**
   * An Amazon ECS task, on Fargate or EC2. The agent's role is the task role, never the task execution role.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
   */
  public static ecsTask(props: EcsTaskHostProps = {}): AgentHost {
    return new AgentHost(ecsTask(props));
  }

  /**
   * Pods of an Amazon EKS cluster, by EKS Pod Identity.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
   */
  public static eksPodIdentity(props: EksPodIdentityHostProps): AgentHost {
    literal('namespace', props.namespace, KUBERNETES_NAME, KUBERNETES_NAMES);
    literal('serviceAccount', props.serviceAccount, KUBERNETES_NAME, KUBERNETES_NAMES);
    return new AgentHost(eksPodIdentity(props));
  }

  /** The kind of host, such as `agentCoreRuntime`. */
  public readonly kind: string;

  /** @internal */
  public readonly _definition: HostDefinition;

  private constructor(definition: HostDefinition) {
    this.kind = definition.kind;
    this._definition = definition;
  }
}

const RUNTIME_NAME = 'a letter, then up to 47 letters, digits and underscores';
const GATEWAY_NAME = '1 to 48 letters and digits with single hyphens between them';
const KUBERNETES_NAME = /^[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?$/;
const KUBERNETES_NAMES = 'a Kubernetes name: lower-case letters, digits, hyphens and dots, up to 253';

function literal(property: string, value: string, pattern: RegExp, allowed: string): void {
  if (typeof value !== 'string' || Token.isUnresolved(value) || !pattern.test(value)) {
    const got = Token.isUnresolved(value) ? 'a value that is not known at synth' : `'${value}'`;
    throw invalid('AgentHostName', `${property} must be ${allowed}, got ${got}: the trust policy is made from it`);
  }
}

function invalid(name: string, message: string): Error {
  const error = new Error(`«${name}» ${message}`);
  error.name = name;
  return error;
}
