import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import { Aws, Fn, Lazy } from 'aws-cdk-lib/core';
import { AgentAccessGrant } from '../../lib/grants/agent-access-grant';
import { AgentGuardrail } from '../../lib/grants/agent-guardrail';
import { AgentKnowledgeBaseGrant } from '../../lib/grants/agent-knowledge-base-grant';
import { AgentModel } from '../../lib/grants/agent-model';
import { AgentModelGrant, type AgentModelGrantProps } from '../../lib/grants/agent-model-grant';
import type { InferenceProfileOptions } from '../../lib/grants/profile-routes';
import { GUARDRAIL_PROFILES } from '../../lib/policy/reference/guardrail-profiles';
import { INFERENCE_PROFILES } from '../../lib/policy/reference/inference-profiles';
import type { ScopedAgentRole } from '../../lib/roles/scoped-agent-role';
import { randomFrom } from '../policy/random';
import { ACCOUNT, OTHER_ACCOUNT, REGION, SynthesizedAgent } from './agent-fixture';
import { GUARDRAIL_ARN, KNOWLEDGE_BASE_ARN, NOVA, SONNET } from './declared-grants';
import { refused, refuses } from './refusals';

const grant = (agent: ScopedAgentRole, model: AgentModel, more: Partial<AgentModelGrantProps> = {}, id = 'Model') =>
  new AgentModelGrant(agent, id, { model, ...more });

const profile = (id: unknown, options?: unknown) => (agent: ScopedAgentRole) =>
  void grant(agent, AgentModel.inferenceProfile(id as string, options as InferenceProfileOptions));

const guardrail = (version: unknown, options?: { guardrailProfile?: string }, arn: unknown = GUARDRAIL_ARN) =>
  function declare(agent: ScopedAgentRole): void {
    grant(agent, AgentModel.foundationModel(NOVA), {
      guardrail: AgentGuardrail.fromGuardrailArn(arn as string, version as string, options),
    });
  };

/** The regions of the foundation models in an agent's policy. */
function modelRegions(agent: SynthesizedAgent): string[] {
  const resources = agent.statements.flatMap(({ Resource: resource }) => resource as string | string[]);
  return [...new Set(resources.flatMap((arn) => /^arn:[^:]+:bedrock:([^:]*)::/.exec(arn)?.[1] ?? []))].sort();
}

describe('regions: a model grant', () => {
  test('in a stack without a region gives the models of all routes, and says so', () => {
    const agent = SynthesizedAgent.with(profile(`us.${SONNET}`), { env: undefined });
    expect(modelRegions(agent)).toEqual(['ca-central-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2']);
    const note =
      'the region of the stack is not known at synth: the model is given in every region that ' +
      `us.${SONNET} can route to from any region; give sourceRegions, or the stack an env, to narrow it`;
    expect(agent.contractOf('Model').notes).toEqual([note]);
    expect(agent.notes).toContainEqual(expect.stringContaining(note));
  });

  test('in a stack without a region gives the profile in the region of the deployment alone', () => {
    const agent = SynthesizedAgent.with(profile(`us.${SONNET}`), { env: undefined });
    expect(JSON.stringify(agent.policies.identity)).toContain(
      JSON.stringify({
        'Fn::Join': [
          '',
          [
            'arn:',
            { Ref: 'AWS::Partition' },
            ':bedrock:',
            { Ref: 'AWS::Region' },
            ':',
            { Ref: 'AWS::AccountId' },
            `:inference-profile/us.${SONNET}`,
          ],
        ],
      }),
    );
  });

  test('in a stack without a region is narrowed by sourceRegions, without a note', () => {
    const agent = SynthesizedAgent.with(profile(`us.${SONNET}`, { sourceRegions: ['us-east-1', 'us-west-2'] }), {
      env: undefined,
    });
    expect(modelRegions(agent)).toEqual(['us-east-1', 'us-east-2', 'us-west-2']);
    expect(agent.contractOf('Model').notes).toEqual([]);
    // The profile stays that of the region of the deployment: nothing is given in the other one.
    const called = (region: string) => `arn:aws:bedrock:${region}:${ACCOUNT}:inference-profile/us.${SONNET}`;
    expect(agent.allows('bedrock:InvokeModel', called(REGION))).toBe(true);
    expect(agent.allows('bedrock:InvokeModel', called('us-west-2'))).toBe(false);
  });

  test('of a global profile in a stack without a region needs no note: it names no other region', () => {
    const agent = SynthesizedAgent.with(profile(`global.${SONNET}`), { env: undefined });
    expect(modelRegions(agent)).toEqual(['', REGION]);
    expect(agent.contractOf('Model').notes).toEqual([]);
  });

  test('notes destinations that were given by hand', () => {
    const agent = SynthesizedAgent.with(
      profile('us.example.new-v1:0', { destinationRegions: ['us-west-2', 'us-east-1'] }),
    );
    expect(agent.contractOf('Model').notes).toEqual([
      'the regions that us.example.new-v1:0 routes to were given by hand: us-east-1, us-west-2',
    ]);
  });

  test('takes a profile of a geography that the library does not know, with its destinations', () => {
    const agent = SynthesizedAgent.with(profile('xx.example.new-v1:0', { destinationRegions: ['us-east-1'] }));
    expect(
      agent.allows('bedrock:InvokeModel', `arn:aws:bedrock:${REGION}:${ACCOUNT}:inference-profile/xx.example.new-v1:0`),
    ).toBe(true);
  });

  test('takes a global profile that the library does not know, from the regions given, and says so', () => {
    const agent = SynthesizedAgent.with(profile('global.example.new-v1:0', { sourceRegions: ['us-east-1'] }));
    expect(modelRegions(agent)).toEqual(['', 'us-east-1']);
    expect(agent.contractOf('Model').notes).toEqual([
      'that global.example.new-v1:0 can be called from us-east-1 was given by hand',
    ]);
  });

  test('takes the models of an application profile where the profile is', () => {
    const arn = `arn:aws:bedrock:us-west-2:${ACCOUNT}:application-inference-profile/ap1`;
    const agent = SynthesizedAgent.with((own) => {
      grant(own, AgentModel.applicationInferenceProfile(arn, AgentModel.foundationModel(NOVA)));
    });
    expect(modelRegions(agent)).toEqual(['us-west-2']);
  });

  test('of a profile in any region it can be called from gives the models it routes to, and no others', () => {
    const random = randomFrom('profiles');
    for (let round = 0; round < 40; round += 1) {
      const row = INFERENCE_PROFILES[random.length(INFERENCE_PROFILES.length)] ?? INFERENCE_PROFILES[0];
      const route = row?.routes[random.length(row.routes.length)];
      const region = route?.from[random.length(route.from.length)] ?? '';
      const agent = SynthesizedAgent.with(profile(row?.profile), { env: { account: ACCOUNT, region } });
      const expected = row?.profile.startsWith('global.') ? ['', region] : [...(route?.to ?? [])].sort();
      expect([row?.profile, region, modelRegions(agent)]).toEqual([row?.profile, region, expected]);
    }
  });
});

describe('a model grant', () => {
  const own = `arn:aws:bedrock:${REGION}:${ACCOUNT}`;

  refuses([
    [
      'a profile where it can not be called',
      profile(`eu.${SONNET}`),
      'AgentModelRegion',
      [
        `'eu.${SONNET}'`,
        "can't be called from us-east-1: it can from eu-central-1, ",
        'eu-west-1',
        'sourceRegions and destinationRegions',
      ],
    ],
    [
      'a source region that the profile does not have',
      profile(`us.${SONNET}`, { sourceRegions: ['us-east-1', 'eu-west-1'] }),
      'AgentModelRegion',
      ["can't be called from eu-west-1", 'us-west-2'],
    ],
    [
      'an unknown profile, with near names',
      profile('us.anthropic.claude-sonnet-4-5-20250929-v2:0'),
      'AgentModelProfile',
      [
        "'us.anthropic.claude-sonnet-4-5-20250929-v2:0'",
        `near names are us.${SONNET}, `,
        "{ destinationRegions: ['us-east-1', ...] }",
      ],
    ],
    [
      'an unknown global profile, with another way out',
      profile('global.example.new-v1:0'),
      'AgentModelProfile',
      ["{ sourceRegions: ['us-east-1'] }"],
    ],
    [
      'a known profile of an unknown geography',
      profile(`mx.${SONNET}`),
      'AgentModelProfile',
      [`'mx.${SONNET}' is not in the library's table`],
    ],
    [
      'the id of a model as a profile',
      profile(SONNET),
      'AgentModelProfile',
      [
        `'${SONNET}' is the id of a model`,
        `AgentModel.foundationModel('${SONNET}')`,
        `us.${SONNET}`,
        `global.${SONNET}`,
      ],
    ],
    [
      'the id of a model as a profile, with destinations',
      profile(SONNET, { destinationRegions: ['us-east-1'] }),
      'AgentModelProfile',
      ['is the id of a model'],
    ],
    [
      'a name without a maker as a profile',
      profile('sonnet', { destinationRegions: ['us-east-1'] }),
      'AgentModelProfile',
      ["'sonnet' is the id of a model"],
    ],
    [
      'destinations of a global profile',
      profile(`global.${SONNET}`, { destinationRegions: ['us-east-1'] }),
      'AgentModelRegion',
      [`'global.${SONNET}' routes to any region`],
    ],
    [
      'no source regions',
      profile(`us.${SONNET}`, { sourceRegions: [] }),
      'AgentModelRegion',
      ["sourceRegions must be a list of regions such as 'us-east-1', got an empty list"],
    ],
    [
      'no destination regions',
      profile('us.example.new-v1:0', { destinationRegions: [] }),
      'AgentModelRegion',
      ['destinationRegions must be', 'got an empty list'],
    ],
    [
      'a wildcard as a destination',
      profile('us.example.new-v1:0', { destinationRegions: ['*'] }),
      'AgentModelRegion',
      ["got '*'"],
    ],
    [
      'an unresolved destination',
      profile('us.example.new-v1:0', { destinationRegions: [Aws.REGION] }),
      'AgentModelRegion',
      ['got a value that is not known at synth'],
    ],
    [
      'a single text as source regions',
      profile(`us.${SONNET}`, { sourceRegions: 'us-east-1' }),
      'AgentModelRegion',
      ["sourceRegions must be a list of regions such as 'us-east-1', got 'us-east-1'"],
    ],
    [
      'nothing in the source regions',
      profile(`us.${SONNET}`, { sourceRegions: [undefined] }),
      'AgentModelRegion',
      ['got nothing'],
    ],
    [
      'destinations in another partition',
      profile('us.example.new-v1:0', { destinationRegions: ['us-gov-west-1'] }),
      'AgentModelRegion',
      ["stack's partition, which is aws, got 'us-gov-west-1'"],
    ],
    [
      'the id of a profile as a model',
      (agent) => grant(agent, AgentModel.foundationModel(`us.${SONNET}`)),
      'AgentModel',
      [`'us.${SONNET}' is the id of an inference profile; use AgentModel.inferenceProfile('us.${SONNET}')`],
    ],
    [
      'the id of a profile in an unknown geography as a model',
      (agent) => grant(agent, AgentModel.foundationModel(`mx.${SONNET}`)),
      'AgentModel',
      ['is the id of an inference profile'],
    ],
    [
      'a wildcard as a model',
      (agent) => grant(agent, AgentModel.foundationModel('anthropic.*')),
      'AgentModel',
      [
        "modelId must be a model or profile id that is known at synth, such as amazon.nova-lite-v1:0, without wildcards, got 'anthropic.*'",
      ],
    ],
    [
      'an ARN as a model',
      (agent) => grant(agent, AgentModel.foundationModel('arn:aws:bedrock:us-east-1::foundation-model/x')),
      'AgentModel',
      ["got 'arn:aws:bedrock:us-east-1::foundation-model/x'"],
    ],
    [
      'a policy variable as a model',
      (agent) => grant(agent, AgentModel.foundationModel('${aws:PrincipalTag/model}')),
      'AgentModel',
      ["got '${aws:PrincipalTag/model}'"],
    ],
    [
      'an unresolved model',
      (agent) => grant(agent, AgentModel.foundationModel(Lazy.string({ produce: () => NOVA }))),
      'AgentModel',
      ['got a value that is not known at synth'],
    ],
    [
      'an unresolved profile',
      profile(Fn.importValue('Profile')),
      'AgentModel',
      ['profileId must be', 'got a value that is not known at synth'],
    ],
    [
      'nothing as a model id',
      (agent) => grant(agent, AgentModel.foundationModel(undefined as never)),
      'AgentModel',
      ['got nothing'],
    ],
    ['a number as a profile id', profile(7), 'AgentModel', ['profileId must be', 'got number 7']],
    [
      'no model',
      (agent) => grant(agent, undefined as never),
      'AgentGrantReference',
      ["model must be an AgentModel, such as AgentModel.inferenceProfile('us. ...'), got nothing"],
    ],
    [
      'a text as the model',
      (agent) => grant(agent, NOVA as never),
      'AgentGrantReference',
      [`model must be an AgentModel, such as AgentModel.inferenceProfile('us. ...'), got '${NOVA}'`],
    ],
    [
      'a text as a switch',
      (agent) => grant(agent, AgentModel.foundationModel(NOVA), { streaming: 'false' as never }),
      'AgentGrantSwitch',
      ["streaming must be true or false, got 'false'"],
    ],
    [
      'every provisioned model',
      (agent) => grant(agent, AgentModel.provisionedModel(`${own}:provisioned-model/*`)),
      'AgentGrantArn',
      [`got '${own}:provisioned-model/*' with a wildcard`, 'provisioned-model/${ResourceId}'],
    ],
    [
      'every imported model of an unresolved account',
      (agent) =>
        grant(agent, AgentModel.importedModel(`arn:aws:bedrock:us-east-1:${Aws.ACCOUNT_ID}:imported-model/?*`)),
      'AgentGrantArn',
      ['with a wildcard'],
    ],
    [
      'a policy variable in an ARN',
      (agent) => grant(agent, AgentModel.importedModel(`${own}:imported-model/\${aws:username}`)),
      'AgentGrantArn',
      ['with a policy variable'],
    ],
    [
      'another kind of resource',
      (agent) => grant(agent, AgentModel.provisionedModel(`${own}:imported-model/im1`)),
      'AgentGrantArn',
      [`got '${own}:imported-model/im1'`, 'provisioned-model/${ResourceId}'],
    ],
    [
      'an id instead of an ARN',
      (agent) => grant(agent, AgentModel.customModelDeployment('cd1')),
      'AgentGrantArn',
      [
        "deploymentArn must be one resource with an ARN such as arn:${Partition}:bedrock:${Region}:${Account}:custom-model-deployment/${ResourceId}, got 'cd1'",
      ],
    ],
    [
      'no ARN',
      (agent) => grant(agent, AgentModel.importedModel(undefined as never)),
      'AgentGrantArn',
      ['importedModelArn must be', 'got nothing'],
    ],
    ['an empty ARN', (agent) => grant(agent, AgentModel.importedModel('')), 'AgentGrantArn', ['got an empty text']],
    [
      'an application profile of an imported model',
      (agent) =>
        grant(
          agent,
          AgentModel.applicationInferenceProfile(
            `${own}:application-inference-profile/a`,
            AgentModel.importedModel(`${own}:imported-model/b`),
          ),
        ),
      'AgentModel',
      ['copiedFrom must be', 'got imported model'],
    ],
    [
      'an application profile of nothing',
      (agent) =>
        grant(
          agent,
          AgentModel.applicationInferenceProfile(`${own}:application-inference-profile/a`, undefined as never),
        ),
      'AgentModel',
      ['copiedFrom must be', 'got nothing'],
    ],
    [
      'every application profile',
      (agent) =>
        grant(
          agent,
          AgentModel.applicationInferenceProfile(
            `${own}:application-inference-profile/*`,
            AgentModel.foundationModel(NOVA),
          ),
        ),
      'AgentGrantArn',
      ['inferenceProfileArn must be', 'with a wildcard'],
    ],
  ]);

  test('says that a model of another account will not be reached', () => {
    const agent = SynthesizedAgent.with((one) => {
      grant(one, AgentModel.importedModel(`arn:aws:bedrock:us-east-1:${OTHER_ACCOUNT}:imported-model/far`));
    });
    expect(agent.contractOf('Model').notes).toEqual([
      `arn:aws:bedrock:us-east-1:${OTHER_ACCOUNT}:imported-model/far is in account ${OTHER_ACCOUNT}: AWS documents no ` +
        "resource policy that could let the role of 'orders-agent' in, so calls will be refused there",
    ]);
  });

  test('refuses the same model twice under another id', () => {
    const message = refused(
      (agent) => {
        grant(agent, AgentModel.foundationModel(NOVA), {}, 'First');
        grant(agent, AgentModel.foundationModel(NOVA), { streaming: false }, 'Second');
      },
      'AgentGrantDuplicate',
      {},
      /Orders\/Agent/,
    );
    expect(message).toContain(
      "grant 'Second' (AgentModelGrant) of agent 'orders-agent' gives nothing that grant 'First'",
    );
  });

  test('refuses a gateway as the host', () => {
    const message = refused((agent) => grant(agent, AgentModel.foundationModel(NOVA)), 'AgentGrantHost', {
      host: 'agentCoreGateway',
    });
    expect(message).toContain("AgentModelGrant can't be used on AgentCore Gateway: a gateway calls its targets");
    expect(message).toContain('declare the actions with AgentAccessGrant');
  });
});

describe('a guardrail', () => {
  refuses([
    [
      'without a version',
      guardrail(undefined),
      'AgentGuardrail',
      ['version must be the number of a published guardrail version, or AgentGuardrail.DRAFT, got nothing'],
    ],
    ['of version 0', guardrail('0'), 'AgentGuardrail', ["got '0'"]],
    ['of the latest version', guardrail('latest'), 'AgentGuardrail', ["got 'latest'"]],
    ['of a version with a wildcard', guardrail('*'), 'AgentGuardrail', ["got '*'"]],
    ['of the draft in other letter case', guardrail('draft'), 'AgentGuardrail', ["got 'draft'"]],
    [
      'by a wildcard',
      guardrail('1', {}, 'arn:aws:bedrock:us-east-1:111122223333:guardrail/*'),
      'AgentGrantArn',
      ['the guardrail must be one resource', 'with a wildcard'],
    ],
    [
      'by a wildcard behind an unresolved account',
      guardrail('1', {}, `arn:aws:bedrock:us-east-1:${Aws.ACCOUNT_ID}:guardrail/*`),
      'AgentGrantArn',
      ['with a wildcard'],
    ],
    ['by its id', guardrail('1', {}, 'gr1orders0001'), 'AgentGrantArn', ["got 'gr1orders0001'"]],
    ['by nothing', guardrail('1', {}, null), 'AgentGrantArn', ['got nothing']],
    [
      'with a misspelt profile',
      guardrail('1', { guardrailProfile: 'us.guardrail.v1' }),
      'AgentGuardrailProfile',
      ["'us.guardrail.v1' is not known; did you mean us.guardrail.v1:0?", 'eu.guardrail.v1:0'],
    ],
    [
      'with a profile that is not to be used here',
      guardrail('1', { guardrailProfile: 'eu.guardrail.v1:0' }),
      'AgentGuardrailProfile',
      ["'eu.guardrail.v1:0' can't be used from us-east-1; it can from eu-central-1, "],
    ],
    [
      'enforced, without one',
      (agent) => grant(agent, AgentModel.foundationModel(NOVA), { enforceGuardrail: true }),
      'AgentGuardrailMissing',
      ['enforceGuardrail is true, and there is no guardrail'],
    ],
    [
      'as a text',
      (agent) => grant(agent, AgentModel.foundationModel(NOVA), { guardrail: GUARDRAIL_ARN as never }),
      'AgentGrantReference',
      [
        `guardrail must be an AgentGuardrail, such as AgentGuardrail.fromGuardrail(guardrail, '1'), got '${GUARDRAIL_ARN}'`,
      ],
    ],
  ]);

  test('refuses to be enforced on a Bedrock agent, where asked for by name', () => {
    const message = refused(
      (agent) =>
        grant(agent, AgentModel.foundationModel(NOVA), {
          guardrail: AgentGuardrail.fromGuardrailArn(GUARDRAIL_ARN, '1'),
          enforceGuardrail: true,
        }),
      'AgentGrantHost',
      { host: 'bedrockAgent' },
    );
    expect(message).toContain(
      'enforceGuardrail: true is not possible on Bedrock agent: a Bedrock agent makes model calls',
    );
  });

  test('is noted as not enforced on a Bedrock agent, and where enforcing was switched off', () => {
    expect(SynthesizedAgent.with(guardrail('1'), { host: 'bedrockAgent' }).contractOf('Model').notes).toEqual([
      'a Bedrock agent makes model calls of its own without the guardrail; set the guardrail on the agent resource',
    ]);
    const off = SynthesizedAgent.with((agent) => {
      grant(agent, AgentModel.foundationModel(NOVA), {
        guardrail: AgentGuardrail.fromGuardrailArn(GUARDRAIL_ARN, '1'),
        enforceGuardrail: false,
      });
    });
    expect(off.contractOf('Model').notes).toEqual([
      'the guardrail is not enforced (enforceGuardrail: false): calls may name another that the agent has, or none',
    ]);
  });

  test('of another account says what its owner has to add', () => {
    const far = GUARDRAIL_ARN.replace(ACCOUNT, OTHER_ACCOUNT);
    expect(SynthesizedAgent.with(guardrail('1', {}, far)).contractOf('Model').notes).toEqual([
      `the resource is in account ${OTHER_ACCOUNT}: the guardrail's resource policy (bedrock:ApplyGuardrail) has to name ` +
        "the role of 'orders-agent' there; this library can only give the half that stands on the role",
    ]);
  });

  test('across regions in a stack without a region is given in all of them, and says so', () => {
    const agent = SynthesizedAgent.with(guardrail('1', { guardrailProfile: 'us.guardrail.v1:0' }), { env: undefined });
    expect(
      agent.allows(
        'bedrock:ApplyGuardrail',
        `arn:aws:bedrock:us-west-1:${ACCOUNT}:guardrail-profile/us.guardrail.v1:0`,
      ),
    ).toBe(true);
    expect(agent.contractOf('Model').notes).toEqual([expect.stringContaining('the region of the stack is not known')]);
  });

  test('across regions is given where its profile can run, and nowhere else', () => {
    const random = randomFrom('guardrail profiles');
    for (let round = 0; round < 15; round += 1) {
      const row = GUARDRAIL_PROFILES[random.length(GUARDRAIL_PROFILES.length)];
      const route = row?.routes[random.length(row.routes.length)];
      const region = route?.from[random.length(route.from.length)] ?? '';
      const agent = SynthesizedAgent.with(guardrail('1', { guardrailProfile: row?.profile }), {
        env: { account: ACCOUNT, region },
      });
      const given = agent.statements
        .flatMap(({ Resource: resource }) => resource as string | string[])
        .flatMap((arn) => /:bedrock:([^:]+):\d+:guardrail-profile\//.exec(arn)?.[1] ?? []);
      expect([row?.profile, region, given]).toEqual([row?.profile, region, [...(route?.to ?? [])].sort()]);
    }
  });

  const resource = (agent: ScopedAgentRole, more: Partial<bedrock.CfnGuardrailProps> = {}) =>
    new bedrock.CfnGuardrail(agent.node.scope as never, 'Guardrail', {
      name: 'orders',
      blockedInputMessaging: 'no',
      blockedOutputsMessaging: 'no',
      ...more,
    });
  const crossRegionConfig = { guardrailProfileArn: 'us.guardrail.v1:0' };

  test('of the app is enforced by its attributes', () => {
    const agent = SynthesizedAgent.with((own) => {
      const { attrGuardrailId } = resource(own);
      const version = new bedrock.CfnGuardrailVersion(own.node.scope as never, 'Version', {
        guardrailIdentifier: attrGuardrailId,
      });
      grant(own, AgentModel.foundationModel(NOVA), { guardrail: AgentGuardrail.fromGuardrailVersion(version) });
    });
    expect(agent.policies.identity[0]?.document).toMatchObject({
      Statement: [
        {
          Condition: {
            StringEquals: {
              'bedrock:GuardrailIdentifier': {
                'Fn::Join': [
                  '',
                  [{ 'Fn::GetAtt': ['Version', 'GuardrailArn'] }, ':', { 'Fn::GetAtt': ['Version', 'Version'] }],
                ],
              },
            },
          },
        },
        { Action: 'bedrock:ApplyGuardrail', Resource: { 'Fn::GetAtt': ['Version', 'GuardrailArn'] } },
      ],
    });
  });

  test('refuses a guardrail that runs across regions without its profile', () => {
    const message = refused(
      (agent) => void AgentGuardrail.fromGuardrail(resource(agent, { crossRegionConfig }), '1'),
      'AgentGuardrailProfile',
      {},
      /Orders\/Guardrail/,
    );
    expect(message).toContain('crossRegionConfig');
  });

  test('refuses a version of a guardrail that runs across regions without its profile', () => {
    refused(
      (agent) => {
        const guardrailIdentifier = resource(agent, { crossRegionConfig }).attrGuardrailArn;
        const version = new bedrock.CfnGuardrailVersion(agent.node.scope as never, 'Version', { guardrailIdentifier });
        AgentGuardrail.fromGuardrailVersion(version);
      },
      'AgentGuardrailProfile',
      {},
      /Orders\/Guardrail/,
    );
  });

  test.each([
    [
      'nothing',
      () => AgentGuardrail.fromGuardrail(undefined as never, '1'),
      '«AgentGuardrail» guardrail must be a guardrail of the app, got nothing',
    ],
    [
      'a text',
      () => AgentGuardrail.fromGuardrail(GUARDRAIL_ARN as never, '1'),
      `«AgentGuardrail» guardrail must be a guardrail of the app, got '${GUARDRAIL_ARN}'`,
    ],
    [
      'no version',
      () => AgentGuardrail.fromGuardrailVersion(undefined as never),
      '«AgentGuardrail» version must be a CfnGuardrailVersion, got nothing',
    ],
  ])('refuses %s instead of a guardrail', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('an enforced guardrail', () => {
  const enforced = (agent: ScopedAgentRole) =>
    grant(agent, AgentModel.foundationModel(NOVA), { guardrail: AgentGuardrail.fromGuardrailArn(GUARDRAIL_ARN, '1') });
  const answers = (agent: ScopedAgentRole) =>
    new AgentKnowledgeBaseGrant(agent, 'Handbook', {
      knowledgeBase: bedrock.CfnKnowledgeBase.fromKnowledgeBaseArn(agent.node.scope as never, 'KB', KNOWLEDGE_BASE_ARN),
      retrieveAndGenerate: true,
      purpose: 'answers',
    });
  const collaborator = (agent: ScopedAgentRole) =>
    new AgentAccessGrant(agent, 'Helper', {
      actions: ['bedrock:InvokeAgent'],
      resources: [`arn:aws:bedrock:${REGION}:${ACCOUNT}:agent-alias/AGENT00001/ALIAS00001`],
      purpose: 'asks for help',
    });
  const bare = (agent: ScopedAgentRole) => grant(agent, AgentModel.foundationModel(NOVA), { streaming: false }, 'Bare');

  refuses([
    [
      'answers from a knowledge base beside it',
      (agent) => [enforced(agent), answers(agent)],
      'AgentGuardrailConflict',
      ["grant 'Handbook' gives bedrock:RetrieveAndGenerate", "grant 'Model'", 'enforceGuardrail: false'],
    ],
    [
      'answers from a knowledge base before it',
      (agent) => [answers(agent), enforced(agent)],
      'AgentGuardrailConflict',
      ['bedrock:RetrieveAndGenerate'],
    ],
    [
      'another agent beside it',
      (agent) => [enforced(agent), collaborator(agent)],
      'AgentGuardrailConflict',
      ["grant 'Helper' gives bedrock:InvokeAgent"],
    ],
    [
      'the same model without it',
      (agent) => [enforced(agent), bare(agent)],
      'AgentGuardrailConflict',
      [
        "grant 'Bare' allows calls of arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0 without a guardrail",
        "grant 'Model'",
        'would not be enforced',
      ],
    ],
    [
      'the same model without it, before',
      (agent) => [bare(agent), enforced(agent)],
      'AgentGuardrailConflict',
      ["grant 'Bare' allows calls"],
    ],
  ]);

  test('goes with another guardrail on the same model, and with another model without one', () => {
    const agent = SynthesizedAgent.with((own) => {
      enforced(own);
      grant(
        own,
        AgentModel.foundationModel(NOVA),
        { guardrail: AgentGuardrail.fromGuardrailArn(GUARDRAIL_ARN, '2') },
        'Newer',
      );
      grant(own, AgentModel.foundationModel('amazon.nova-pro-v1:0'), {}, 'Pro');
    });
    const nova = `arn:aws:bedrock:${REGION}::foundation-model/${NOVA}`;
    const under = (version: string) => ({ 'bedrock:GuardrailIdentifier': `${GUARDRAIL_ARN}:${version}` });
    expect(['1', '2', '3'].map((version) => agent.allows('bedrock:InvokeModel', nova, under(version)))).toEqual([
      true,
      true,
      false,
    ]);
    expect(agent.allows('bedrock:InvokeModel', nova)).toBe(false);
  });

  test('of nothing to enforce goes with answers from a knowledge base', () => {
    const agent = SynthesizedAgent.with(
      (own) => {
        enforced(own);
        answers(own);
      },
      { host: 'bedrockAgent' },
    );
    expect(agent.allows('bedrock:RetrieveAndGenerate', '*')).toBe(true);
  });
});
