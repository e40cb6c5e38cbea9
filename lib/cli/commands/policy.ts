import { parseArgs } from 'node:util';
import { foldedValue, type TemplateNames } from '../../access/folded-value';
import { rolePolicies } from '../../access/role-policies';
import { partitionOfRegion } from '../../access/template';
import { type AssemblyStack, readCloudAssembly } from '../cloud-assembly';
import type { Command } from '../command';
import { findAgent } from '../find-agent';
import { InputError } from '../input-error';
import type { Terminal } from '../terminal';

/** `least-agency policy`: the documents that decide what one agent may do. */
export const policy: Command = {
  usage: 'policy <stack> <agent> [--app cdk.out]',
  summary: "Prints what an agent's role may do, as JSON: its policies, its boundary, its trust.",
  details: [
    '  <stack>   name of the stack, its id in the manifest, or the path of its construct (Prod/Claims)',
    '  <agent>   name of the agent: the tag AgentName of its role',
    '  --app     directory of the cloud assembly that cdk synth wrote; cdk.out unless given',
    '',
    'Stages and nested stacks are searched too. Account, region and partition are filled in where the app says them;',
    'what only CloudFormation knows stays as it stands in the template.',
  ],
  run,
};

function run(args: string[], terminal: Terminal): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { app: { type: 'string', default: 'cdk.out' } },
  });
  const [stackName, agentName, ...rest] = positionals;
  if (stackName === undefined || agentName === undefined || rest.length > 0) {
    throw new InputError(`policy takes a stack and an agent, got ${positionals.length} names; see policy --help`);
  }
  const agent = findAgent(readCloudAssembly(values.app), stackName, agentName);
  terminal.out(JSON.stringify(policyOf(agent.stack, agent.logicalId, agent.name), undefined, 2));
  return 0;
}

function policyOf(stack: AssemblyStack, logicalId: string, agent: string): unknown {
  const { identity, managedPolicyArns, boundary, trust, maxSessionDuration } = rolePolicies(stack.template, logicalId);
  const answer = {
    version: 1,
    agent,
    stack: stack.path,
    role: logicalId,
    identity: identity.map(({ document }) => document),
    ...(managedPolicyArns.length === 0 ? {} : { managedPolicyArns }),
    boundary: boundary === undefined ? null : 'document' in boundary ? boundary.document : boundary.arn,
    trust,
    maxSessionDuration,
  };
  return foldedValue(answer, stack.template, environmentNames(stack));
}

/** The names that mean something without CloudFormation: account, region and partition, where the app says them. */
function environmentNames({ environment: { account, region } }: AssemblyStack): TemplateNames {
  const known = new Map<string, string | undefined>([
    ['AWS::AccountId', account],
    ['AWS::Region', region],
    ['AWS::Partition', region === undefined ? undefined : partitionOfRegion(region)],
  ]);
  return { ref: (name) => known.get(name), attribute: () => undefined, importValue: () => undefined };
}
