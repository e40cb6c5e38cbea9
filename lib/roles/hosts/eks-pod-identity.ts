import type { IClusterRef } from 'aws-cdk-lib/aws-eks';
import type { Stack } from 'aws-cdk-lib/core';
import type { HostDefinition } from '../host-definition';

/** What is to be known about pods that run an agent. */
export interface EksPodIdentityHostProps {
  /** The cluster that the pods run in. */
  readonly cluster: IClusterRef;

  /** The Kubernetes namespace of the service account. */
  readonly namespace: string;

  /** The Kubernetes service account that the agent's pods run as, and nothing else does. */
  readonly serviceAccount: string;
}

/**
 * An agent that runs in pods of an Amazon EKS cluster, by EKS Pod Identity.
 *
 * The trust policy asks for the session tags of the cluster, the namespace and the service account. An association
 * with `disableSessionTags` sends none of them, and can't assume the role.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
export function eksPodIdentity(props: EksPodIdentityHostProps): HostDefinition {
  return {
    kind: 'eksPodIdentity',
    label: 'EKS Pod Identity',
    hostName: props.serviceAccount,
    trust: (stack: Stack) => ({
      service: 'pods.eks.amazonaws.com',
      actions: ['sts:AssumeRole', 'sts:TagSession'],
      conditions: {
        StringEquals: {
          'aws:SourceAccount': stack.account,
          'aws:RequestTag/eks-cluster-arn': props.cluster.clusterRef.clusterArn,
          'aws:RequestTag/kubernetes-namespace': props.namespace,
          'aws:RequestTag/kubernetes-service-account': props.serviceAccount,
        },
      },
    }),
    baseline: () => [],
    platform: () => [],
    workload: {
      type: 'AWS::EKS::PodIdentityAssociation',
      roleProperty: ['RoleArn'],
      agreed: [
        {
          path: ['ClusterName'],
          value: props.cluster.clusterRef.clusterName,
          fix: 'clusterName: the name of the cluster that the host was given',
        },
        { path: ['Namespace'], value: props.namespace, fix: 'namespace: the one that the host was given' },
        { path: ['ServiceAccount'], value: props.serviceAccount, fix: 'serviceAccount: agent.hostName' },
        {
          path: ['DisableSessionTags'],
          value: 'false',
          fix: 'disableSessionTags: false; the trust policy asks for the session tags',
          optional: true,
        },
      ],
    },
    refusedGrants: {},
    notes: [],
  };
}
