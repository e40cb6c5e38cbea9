import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { type App, NestedStack, type Stack, Stage, Validations } from 'aws-cdk-lib/core';
import {
  AgentAccessGrant,
  AgentGuardrail,
  AgentHumanInheritanceChecks,
  AgentModel,
  AgentModelGrant,
  AgentRoleChecks,
  AgentStorageGrant,
  type ScopedAgentRole,
} from 'cdk-least-agency';
import { ENV, newApp, newStack, TABLE_ARN } from '../../roles/agent-fixture';
import { HOST_NAMES, HOSTED } from '../../roles/hosts-fixture';
import { shown, synthesized, TODAY } from './checked-app';

function build(name: string, stack: Stack, hostStack: Stack = stack): ScopedAgentRole {
  const hosted = HOSTED[name];
  if (!hosted) {
    throw new Error(`no host ${name}`);
  }
  const agent = hosted.agent(stack);
  hosted.host(hostStack, agent);
  return agent;
}

function guardrailIn(stack: Stack): AgentGuardrail {
  const guardrail = new bedrock.CfnGuardrail(stack, 'Guardrail', {
    name: 'orders',
    blockedInputMessaging: 'No.',
    blockedOutputsMessaging: 'No.',
  });
  const { attrGuardrailId: guardrailIdentifier } = guardrail;
  return AgentGuardrail.fromGuardrailVersion(
    new bedrock.CfnGuardrailVersion(stack, 'Version', { guardrailIdentifier }),
  );
}

function grantAll(agent: ScopedAgentRole, data: Stack): void {
  const encryptionKey = new kms.Key(data, 'Key', { enableKeyRotation: true });
  const bucket = new s3.Bucket(data, 'Files', { encryptionKey });
  new AgentStorageGrant(agent, 'Files', { bucket, prefix: 'orders/', encryptionKey });
  // A gateway calls its targets, not models.
  if (!agent.node.path.includes('Gateway')) {
    const model = AgentModel.inferenceProfile('us.anthropic.claude-sonnet-4-5-20250929-v1:0', {
      sourceRegions: ['us-east-1'],
    });
    // On a Bedrock agent the guardrail stands on the agent.
    const isBedrockAgent = agent.node.path.includes('Bedrock');
    new AgentModelGrant(agent, 'Claude', { model, ...(isBedrockAgent ? {} : { guardrail: guardrailIn(data) }) });
  }
  new AgentAccessGrant(agent, 'Orders', { actions: ['dynamodb:GetItem'], resources: [TABLE_ARN] });
}

/** What the packs say of our role; what surrounds it here (networks, hosts) is the fixture's own. */
function findings(app: App): string[] {
  Validations.of(app).addPlugins(
    new AgentRoleChecks(app, { date: TODAY }),
    new AgentHumanInheritanceChecks(app, { date: TODAY }),
  );
  const { reports } = synthesized(app);
  return reports
    .flatMap(({ violations }) => shown(violations))
    .filter((line) => /\/Agent(\/|$)|LeastAgencyBoundary/.test(line));
}

describe.each(HOST_NAMES)('the packs on an agent on %s', (name) => {
  test.each<[string, (app: App) => void]>([
    [
      'in a known environment',
      (app) => grantAll(build(name, newStack(app, name.replace(/ /g, ''))), newStack(app, 'Data')),
    ],
    ['in an unknown environment', (app) => build(name, newStack(app, 'Orders', {}))],
    ['with its host in another stack', (app) => build(name, newStack(app), newStack(app, 'Host'))],
    ['in a nested stack', (app) => build(name, new NestedStack(newStack(app), 'Nested'))],
    ['in a Stage', (app) => build(name, newStack(new Stage(app, 'Prod', { env: ENV })))],
  ])('find nothing %s', (_, make) => {
    const app = newApp();
    make(app);
    expect(findings(app)).toEqual([]);
  });
});

test('the packs find nothing in grants across stacks by weak references', () => {
  const app = newApp({ '@aws-cdk/core:defaultCrossStackReferences': 'weak' });
  grantAll(build('AgentCore Runtime', newStack(app)), newStack(app, 'Data'));
  expect(findings(app)).toEqual([]);
});
