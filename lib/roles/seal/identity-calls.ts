import { finding } from '../../synth/agent-error';
import type { StageIndex } from '../../synth/stage-index';
import { unfolded } from '../../synth/unfolded';
import type { SealedAgent } from '../sealed-agent';
import type { RoleSpelling } from './role-spelling';

/**
 * Calls of IAM on the agent's role that a custom resource makes at deployment, past every template.
 *
 * CDK's `AwsCustomResource` carries its calls as JSON. What other custom resources do with the role is not to be seen;
 * the contract notes that they name it.
 */
export function identityCalls(agent: SealedAgent, index: StageIndex, spelling: RoleSpelling): string[] {
  const findings: string[] = [];
  for (const resource of spelling.candidates()) {
    if (!resource.type.startsWith('Custom::') && resource.type !== 'AWS::CloudFormation::CustomResource') {
      continue;
    }
    const read = (value: unknown) => index.text(value, resource.stack);
    const names = (value: unknown): boolean => {
      if (typeof value !== 'object' || value === null) {
        return typeof value === 'string' && spelling.names(read(value));
      }
      return spelling.names(read(value)) || Object.values(value).some(names);
    };
    for (const call of Object.values(resource.properties).map((value) => unfolded(value, read))) {
      const { service, action, parameters } = (typeof call === 'object' && call !== null ? call : {}) as SdkCall;
      if (
        /^(.*client-)?iam$/i.test(String(service)) &&
        !/^(get|list|simulate)/i.test(String(action)) &&
        names(parameters)
      ) {
        findings.push(
          finding(
            'AgentRoleChanged',
            `the role of agent '${agent.agentName}' is changed at deployment: ${resource.path} calls IAM's ` +
              `${String(action)} on it; take the call out, and declare the need with a grant`,
          ),
        );
      }
    }
  }
  return findings;
}

interface SdkCall {
  readonly service?: unknown;
  readonly action?: unknown;
  readonly parameters?: unknown;
}
