import * as eks from 'aws-cdk-lib/aws-eks';
import { Resource, type Stack } from 'aws-cdk-lib/core';
import { AgentHost, ScopedAgentRole } from 'cdk-least-agency';
import { grantClaimsNeeds } from './claims-grants';
import { ACCOUNT, ClaimsResources, REGION } from './claims-resources';

class ImportedCluster extends Resource implements eks.IClusterRef {
  public readonly clusterRef = {
    clusterName: 'agents',
    clusterArn: `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/agents`,
  };
}

/** The claims agent in pods of an EKS cluster, made with the resource of CloudFormation. */
export function eksPodIdentityAgent(stack: Stack): void {
  const resources = new ClaimsResources(stack);
  const cluster = new ImportedCluster(stack, 'Cluster');
  const agent = new ScopedAgentRole(stack, 'ClaimsAgent', {
    agentName: 'claims-agent',
    owner: 'claims-platform@example.com',
    host: AgentHost.eksPodIdentity({ cluster, namespace: 'claims', serviceAccount: 'claims-agent' }),
  });
  grantClaimsNeeds(agent, resources);

  new eks.CfnPodIdentityAssociation(stack, 'Association', {
    clusterName: cluster.clusterRef.clusterName,
    namespace: 'claims',
    serviceAccount: 'claims-agent',
    roleArn: agent.roleArn,
  });
}
